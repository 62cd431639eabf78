import type { ExecutionId } from '../ids.ts';
import type { RunLimit, WhenTaken } from '../workflow/runLimit.ts';

/** A start as its limits see it, before it is recorded. */
export interface PlaceAsked {
  readonly executionId: string;
  readonly workflowId: string;
  readonly trigger: unknown;
  readonly context: unknown;
  readonly limits?: readonly RunLimit[] | undefined;
}

/** The open run that has the place, and what follows for others. */
export interface PlaceTaken {
  readonly executionId: ExecutionId;
  readonly whenTaken: WhenTaken;
}

/** The one place of a limit that turns others away, across all processes. */
export interface Singletons {
  /**
   * Takes the place for the run, whose start is to be recorded next; null when the run has it now, or its
   * limits turn nobody away. Asked again for the same run it answers the same. A place whose run never came
   * to be is free after some seconds; the limit itself still holds then, and the later run waits.
   */
  take(asked: PlaceAsked): Promise<PlaceTaken | null>;
}
