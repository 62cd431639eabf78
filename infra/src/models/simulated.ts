import { type ModelProvider, type ModelRequest, StudioError } from '@studio/contracts';

import { modelCalled } from './modelNames.ts';
import { requestHash } from './requestHash.ts';

const charactersPerToken = 4;
const tokensOf = (text: string): number => Math.ceil(text.length / charactersPerToken);

const excerptLength = 160;
const excerpt = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > excerptLength ? `${line.slice(0, excerptLength)} …` : line;
};

const answerTo = (request: ModelRequest, hash: string): string =>
  `[simulated] No model was called, because no key is set. ${request.model} was asked: ` +
  `"${excerpt(request.prompt)}" (request ${hash.slice(0, 12)}).`;

/** Makes up the same answer to the same request, and says that it does. */
export const createSimulatedModels = (defaultModel: string): ModelProvider => ({
  name: 'simulated',
  simulated: true,
  complete: async (asked, { signal }) => {
    if (signal.aborted)
      throw new StudioError('cancelled', 'effect.cancelled', 'the model call was called off', {
        cause: signal.reason,
      });
    const request = { ...asked, model: modelCalled(asked.model, defaultModel) };
    const hash = requestHash(request);
    const text = answerTo(request, hash);
    return {
      text,
      turn: {
        provider: 'simulated',
        model: request.model,
        simulated: true,
        stopReason: 'end_turn',
        inputTokens: tokensOf((request.system ?? '') + request.prompt),
        outputTokens: tokensOf(text),
        // Nothing was called, so nothing is paid.
        costMicroUsd: 0,
        requestHash: hash,
      },
    };
  },
});
