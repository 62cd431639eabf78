import type { InstanceId, LeftStanding, NodeId } from '@studio/contracts';

import type { Chunks } from './chunks.ts';
import type { IterationAround } from './places.ts';

/** A completed instance that declares an undo, with what that undo will see. */
export interface Undoable {
  readonly nodeId: NodeId;
  readonly instanceId: InstanceId;
  readonly output: unknown;
  /** The iterations around it, the innermost first: of those that are over nothing else is left. */
  readonly iterations: readonly IterationAround[];
}

/** What a run has done that it can undo. */
export interface Undoables {
  readonly count: number;
  /** In the order of their completion. */
  readonly members: Chunks<Undoable>;
}

/** How far a run has come that undoes what it did. */
export interface UndoingRun {
  readonly because: 'failed' | 'cancelled';
  /** Index among the undoables of the one that is undone now, counting down; -1: none is left. */
  readonly at: number;
  readonly undone: number;
  readonly left: readonly LeftStanding[];
  /** True once the fact that ends it is on record. */
  readonly ended: boolean;
}
