import { z } from 'zod';

import { CallbackResult, SendSignalRequest, SignalResult } from '../signal/requests.ts';
import { exampleIds, exampleSecrets } from './examples.ts';
import { at, params, readErrors, tag } from './executionPath.ts';
import type { Operation } from './operation.ts';
import { shownAs } from './shownAs.ts';

const name = shownAs(z.string(), {
  ...{ type: 'string', pattern: '^[\\w.:-]+$', maxLength: 200, example: 'paid' },
});

export const signalOperations: readonly Operation[] = [
  {
    ...{ ...at('signals/{name}'), id: 'sendSignal', method: 'post' },
    params: params.extend({ name }),
    summary: 'Tell a run something',
    description:
      'A signal goes to the node that waits for one of this name, and to one alone. One that comes before its node waits is kept. With an Idempotency-Key it is sent once, however often you ask.',
    headers: ['Idempotency-Key'],
    body: { schema: SendSignalRequest, required: false, example: { payload: { amount: 12 } } },
    answers: {
      202: {
        ...{ description: 'It is on record.', schema: SignalResult },
        example: {
          ...{ success: true, message: 'Signal received', execution_id: exampleIds.execution },
          signal_id: exampleIds.event,
        },
        headers: ['Studio-Position'],
      },
    },
    errors: {
      400: ['execution.malformed_id', 'signal.run_ended', 'signal.too_many'],
      403: ['auth.not_allowed'],
      404: readErrors[404],
      422: ['request.idempotency_key_reused'],
    },
  },
  {
    ...{ id: 'answerCallback', method: 'post', path: '/callbacks/{token}', tag, access: 'public' },
    params: z.object({ token: z.string().meta({ example: exampleSecrets.callbackToken }) }),
    summary: 'Answer a node that waits for its callback',
    description:
      'Whoever has the URL may answer, once. The JSON body is what the node gives on. The URL is in the row of the node (`callback_path`) while it waits.',
    body: { schema: z.unknown(), required: false, example: { approved: true } },
    answers: {
      202: {
        ...{ description: 'The run goes on with it.', schema: CallbackResult },
        example: { success: true, message: 'Answer received' },
      },
    },
    errors: {
      400: ['signal.too_many'],
      404: ['callback.not_found'],
      409: ['callback.used', 'callback.expired'],
      413: ['request.too_large'],
      429: ['callback.rate_limited'],
    },
  },
];
