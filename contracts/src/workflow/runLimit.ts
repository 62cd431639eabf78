import { z } from 'zod';

import { Text } from '../text.ts';

/** What becomes of a start while another run has the only place. */
export const WhenTaken = z.enum(['refuse', 'skip']);
export type WhenTaken = z.infer<typeof WhenTaken>;

/** 1 to 86,400,000 (a day), milliseconds. */
const WithinADayMs = z.number().int().min(1).max(86_400_000);

/** A limit as a workflow's settings say it, one of `settings.limits`: it has `most`, or it has `debounceMs`. */
export const RunLimitSetting = z
  .strictObject({
    /** So many runs at the same time; with `withinMs`, so many that begin within that time. */
    most: z.number().int().min(1).max(10_000).optional(),
    withinMs: WithinADayMs.optional(),
    /** JSONata over `trigger`: runs for which it gives the same value count together; absent: all runs of the workflow. */
    per: Text.min(1).max(2_000).optional(),
    /** Of a limit of one run at a time: what becomes of a start while another run is open; `queue`, the default: it waits. */
    whenTaken: z.enum(['queue', ...WhenTaken.options]).optional(),
    /** A run begins once no other has been started for so long; those started before it are cancelled then. */
    debounceMs: WithinADayMs.optional(),
    /** So long after the first of them it begins in any case; absent: the last start alone counts. */
    maxWaitMs: WithinADayMs.optional(),
  })
  .refine(({ most, debounceMs }) => most !== undefined || debounceMs !== undefined, {
    ...{ path: ['most'], error: 'it needs most or debounceMs' },
  })
  .refine(
    ({ most, withinMs, whenTaken, debounceMs }) =>
      debounceMs === undefined || (most ?? withinMs ?? whenTaken) === undefined,
    { path: ['debounceMs'], error: 'most, withinMs and whenTaken belong to limits of their own' },
  )
  .refine(({ debounceMs = Infinity, maxWaitMs }) => (maxWaitMs ?? Infinity) >= debounceMs, {
    ...{ path: ['maxWaitMs'], error: 'it belongs to debounceMs and is no shorter' },
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
  /** Absent: any number. */
  most: z.number().int().min(1).optional(),
  withinMs: z.number().int().min(1).optional(),
  per: z.string().optional(),
  debounceMs: z.number().int().min(1).optional(),
  maxWaitMs: z.number().int().min(1).optional(),
  /** Absent: a run beyond it waits. */
  whenTaken: WhenTaken.optional(),
});
export type RunLimit = z.infer<typeof RunLimit>;

/**
 * What a run asks for under one limit: at most `most` runs that hold a permit of this key, or were granted
 * one within so long; or, with `debounceMs`, that no other run of this key asks within so long.
 */
export const Permit = z.object({
  /** Stands for whose runs count together; what it was made of cannot be told from it. */
  key: z.string(),
  /** Absent: any number. */
  most: z.number().int().min(1).optional(),
  withinMs: z.number().int().min(1).optional(),
  debounceMs: z.number().int().min(1).optional(),
  /** So long after the first that asked, one is granted in any case. */
  maxWaitMs: z.number().int().min(1).optional(),
});
export type Permit = z.infer<typeof Permit>;
