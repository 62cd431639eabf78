import { z } from 'zod';

import { Instant } from './envelope.ts';
import { Text } from './text.ts';

/** What becomes of the runs that are open when a kill switch is turned on, and of those that come all the same. */
export const HaltedRuns = z.enum(['pause', 'cancel']);
export type HaltedRuns = z.infer<typeof HaltedRuns>;

/** The members of the fact that turns a kill switch on. */
export const haltFact = {
  runs: HaltedRuns,
  reason: z.string().nullable(),
  haltedBy: z.string(),
  haltedAt: Instant,
};

/** A kill switch that is on. */
export interface Halt {
  readonly runs: HaltedRuns;
  readonly reason: string | null;
  readonly haltedBy: string;
  readonly haltedAt: string;
}

/** POST /workflows/{id}/halt and /workspaces/{id}/halt */
export const HaltRequest = z
  .object({ runs: HaltedRuns.default('pause'), reason: Text.max(2_000).nullish() })
  .nullish()
  .transform((body) => ({ runs: body?.runs ?? ('pause' as const), reason: body?.reason ?? null }));

/** How the kill switch of a workflow or of a workspace stands; the last four members are null while it is off. */
export const HaltView = z.object({
  scope: z.enum(['workflow', 'workspace']),
  id: z.string(),
  halted: z.boolean(),
  runs: HaltedRuns.nullable(),
  reason: z.string().nullable(),
  halted_by: z.string().nullable(),
  halted_at: Instant.nullable(),
});
export type HaltView = z.infer<typeof HaltView>;
