import { z } from 'zod';

import { SignalName } from './config.ts';

/** POST /executions/{id}/signals/{name} */
export const SendSignalRequest = z
  .object({ payload: z.unknown().default(null) })
  .nullish()
  .transform((body) => ({ payload: body?.payload ?? null }));

export const SignalPath = z.object({ name: SignalName });

/** The answer to a signal, also to one that was sent again. */
export const SignalResult = z.object({
  success: z.literal(true),
  message: z.string(),
  execution_id: z.string(),
  signal_id: z.string(),
});
export type SignalResult = z.infer<typeof SignalResult>;

/** The answer to a callback. */
export const CallbackResult = z.object({ success: z.literal(true), message: z.string() });
export type CallbackResult = z.infer<typeof CallbackResult>;
