import { CausalityView, type CausalLinkView, effectTree } from '@studio/contracts';

import { createApi } from './api.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import type { Shell } from './shell.ts';

const line = (
  indent: number,
  { type, stream, revision, occurred_at, actor }: CausalLinkView,
): string =>
  `${'  '.repeat(indent)}${type}  ${stream} ${revision}  ${occurred_at}  by ${actor.kind}`;

/** What led to an event above it, what followed from it below. */
export const showCausality = async (shell: Shell, given: Given): Promise<ExitCode> => {
  const id = encodeURIComponent(given.word(1, 'EVENT'));
  const answer = await createApi(shell).get(`/ops/events/${id}/causality`);
  const { event, origin, causes, effects, truncated } = CausalityView.parse(answer);
  shell.result(answer, () => [
    ...(origin === null ? [] : [`request ${origin}`]),
    ...causes.map((cause) => line(0, cause)),
    `> ${line(0, event)}`,
    ...effectTree(effects, event.eventId).map(({ effect, depth }) => line(depth, effect)),
    ...(truncated ? ['There is more than was looked at.'] : []),
  ]);
  return exitCodes.ok;
};
