import { instantOf, nodeKind, StudioError } from '@studio/contracts';
import { z } from 'zod';

const maxDurationMs = 366 * 24 * 60 * 60 * 1000;

const DelayConfig = z
  .object({
    durationMs: z.number().int().min(0).max(maxDurationMs).optional(),
    until: z.iso
      .datetime({ offset: true, abort: true })
      .refine((text) => instantOf(text) !== null, {
        error: 'Not an instant of the years 1970 to 9999',
      })
      .optional(),
  })
  .refine(({ durationMs, until }) => (durationMs === undefined) !== (until === undefined), {
    message: 'exactly one of durationMs and until is needed',
    path: ['durationMs'],
  });
export type DelayConfig = z.infer<typeof DelayConfig>;

/** The instant at which the delay ends. `now` is an Instant; a time that has passed is due at once. */
export const dueAt = ({ durationMs, until }: DelayConfig, now: string): string => {
  if (until !== undefined) return instantOf(until) ?? now;
  if (durationMs === undefined)
    throw new StudioError('invalid', 'kind.config_invalid', 'delay needs durationMs or until');
  return new Date(Date.parse(now) + durationMs).toISOString();
};

/** A timer of the engine: no process waits for it. */
export const delay = nodeKind({
  kind: 'delay',
  major: 1,
  type: 'logic',
  title: 'Delay',
  description: 'Waits for a time, or until an instant; passes on its input.',
  config: DelayConfig,
  effect: 'timer',
  outputs: ['output'],
});
