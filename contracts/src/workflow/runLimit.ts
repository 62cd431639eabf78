import { z } from 'zod';

import { Text } from '../text.ts';

/** What becomes of a start while another run has the only place. */
export const WhenTaken = z.enum(['refuse', 'skip']);
export type WhenTaken = z.infer<typeof WhenTaken>;

/** A limit as a workflow's settings say it, one of `settings.limits`. */
export const RunLimitSetting = z
  .strictObject({
    /** So many runs at the same time; with `withinMs`, so many that begin within that time. */
    most: z.number().int().min(1).max(10_000),
    /** 1 to 86,400,000 (a day), milliseconds. */
    withinMs: z.number().int().min(1).max(86_400_000).optional(),
    /** JSONata over `trigger`: runs for which it gives the same value count together; absent: all runs of the workflow. */
    per: Text.min(1).max(2_000).optional(),
    /** Of a limit of one run at a time: what becomes of a start while another run is open; `queue`, the default: it waits. */
    whenTaken: z.enum(['queue', ...WhenTaken.options]).optional(),
  })
  .refine(
    ({ most, withinMs, whenTaken = 'queue' }) =>
      whenTaken === 'queue' || (most === 1 && withinMs === undefined),
    { path: ['whenTaken'], error: 'it needs most: 1 without withinMs' },
  );
export type RunLimitSetting = z.infer<typeof RunLimitSetting>;

/** A limit that a run was started under. */
export const RunLimit = z.object({
  /** Whose runs count together. */
  scope: z.enum(['workflow', 'workspace']),
  most: z.number().int().min(1),
  withinMs: z.number().int().min(1).optional(),
  per: z.string().optional(),
  /** Absent: a run beyond it waits. */
  whenTaken: WhenTaken.optional(),
});
export type RunLimit = z.infer<typeof RunLimit>;

/** What a run asks for under one limit: at most `most` runs that hold a permit of this key, or were granted one within so long. */
export const Permit = z.object({
  /** Stands for whose runs count together; what it was made of cannot be told from it. */
  key: z.string(),
  most: z.number().int().min(1),
  withinMs: z.number().int().min(1).optional(),
});
export type Permit = z.infer<typeof Permit>;
