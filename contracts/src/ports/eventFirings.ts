import type { ExecutionId } from '../ids.ts';
import type { EndOfRun, RunOutcome } from '../workflow/eventTrigger.ts';

/** An event trigger of a published workflow, as the index finds it by. */
export interface IndexedEventTrigger {
  readonly triggerId: string;
  readonly workflowId: string;
  readonly nodeId: string;
  readonly workspaceId: string;
  /** Null: every workflow but its own. */
  readonly workflowIds: readonly string[] | null;
  readonly outcomes: readonly RunOutcome[];
  /** Position of the fact that set it: ends before it are none of its. */
  readonly setAt: bigint;
}

/** A run that ended. */
export interface EndedRun {
  readonly executionId: ExecutionId;
  /** Revision of the fact by which it ended. */
  readonly revision: number;
  readonly position: bigint;
  readonly outcome: RunOutcome;
  readonly workspaceId: string;
  /** Null: the rows of open runs say. */
  readonly workflowId: string | null;
}

/** The end of a run that a trigger means. */
export type Firing = EndOfRun & { readonly triggerId: string };

/** Row changes of event triggers and of the firings that are due. */
export interface EventFiringChanges {
  readonly set: readonly IndexedEventTrigger[];
  readonly gone: readonly string[];
  readonly ended: readonly EndedRun[];
  /** Firings that have their run, or the fact that they get none. */
  readonly settled: readonly Firing[];
}

/** A firing that is due, with the trigger's node. */
export interface DueEventFiring extends Firing {
  readonly workflowId: string;
  readonly nodeId: string;
}

export interface EventFirings {
  /** Firings of triggers whose workflows are of these shards, the oldest ends first; each stays until the index has its fact. */
  eventFirings(
    shards: readonly number[],
    limit: number,
  ): Promise<{
    readonly firings: readonly DueEventFiring[];
    /** True while there are event triggers at all. */
    readonly some: boolean;
  }>;
  /** The trigger does not mean this end after all: it is not looked at again. */
  passFiring(firing: Firing): Promise<void>;
}
