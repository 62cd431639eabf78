import { z } from 'zod';

const mostMs = 366 * 24 * 60 * 60 * 1_000;

/**
 * The name of a signal: in addresses and in facts, so no place for what is secret. A segment of dots alone
 * never arrives: clients take it for a step in the path.
 */
export const SignalName = z.string().regex(/^(?!\.{1,2}$)[\w.:-]{1,200}$/, {
  error: 'A name has 1 to 200 letters, digits, and . : _ -, and is not . or ..',
});

/** Settings of a node that waits for a signal. */
export const WaitConfig = z
  .object({
    signal: SignalName.optional().describe('The name of the signal'),
    expression: z
      .string()
      .min(1)
      .optional()
      .describe('Which signals of that name; `signal` is what was sent'),
    callback: z.boolean().default(false).describe('A URL of its own, which answers it once'),
    deadlineMs: z.number().int().min(0).max(mostMs).optional().describe('How long it waits'),
  })
  .refine(({ signal, callback }) => signal !== undefined || callback, {
    ...{ error: 'signal or callback is needed', path: ['signal'] },
  });
export type WaitConfig = z.infer<typeof WaitConfig>;
