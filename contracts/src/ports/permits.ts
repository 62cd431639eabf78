import type { ExecutionId } from '../ids.ts';

/** A run that was granted its permits, by the revision of the fact that asked for them. */
export interface GrantedPermits {
  readonly executionId: ExecutionId;
  readonly requestedAt: number;
}

/** A run in whose place one of the same burst begins that was started after it. */
export interface Superseded extends GrantedPermits {
  readonly by: ExecutionId;
  /** When the first of the burst has waited for as long as any may, an Instant; null: never. */
  readonly burstEndsBy: string | null;
}

/** Who may begin under the limits on runs; the rows are a part of the engine's index. */
export interface PermitTable {
  /**
   * Grants what the limits allow, to whoever is first by priority and then by age, in whatever shard;
   * returns the runs of these shards whose grant is not on record yet, those that are superseded, whether
   * some run waits on, and when the time of a limit is over next. Of a burst the run that was started last
   * is granted its permits, once the others are gone.
   */
  grant(
    shards: readonly number[],
    limit: number,
  ): Promise<{
    granted: readonly GrantedPermits[];
    superseded: readonly Superseded[];
    someWait: boolean;
    nextInMs: number | null;
  }>;
}
