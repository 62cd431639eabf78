import type { NodeId } from '@studio/contracts';

import { membersOf } from './chunks.ts';
import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import type { NodeState, Run } from './run.ts';

/**
 * Every node that something is on record of, with how its instances stand: none of iterations that are over, and
 * none of a node that was sent back and has not begun anew.
 */
export const begunNodes = (run: Run): ReadonlyMap<NodeId, readonly NodeState[]> => {
  const graph = graphOf(run.definition);
  const begun = new Map<NodeId, NodeState[]>();
  const statesOf = (nodeId: NodeId): NodeState[] => {
    const known = begun.get(nodeId) ?? [];
    begun.set(nodeId, known);
    return known;
  };
  for (const state of run.instances.values()) statesOf(state.nodeId).push(state);
  for (const undoable of membersOf(run.undoables.members)) if (undoable) statesOf(undoable.nodeId);
  for (const instanceId of run.unknownEffects) statesOf(placeOf(graph, instanceId).nodeId);
  for (const nodeId of run.tries.keys()) statesOf(nodeId);
  // A run that a trigger node fired begins there, also before its first fact.
  if (run.firedBy !== null) statesOf(run.firedBy);
  return begun;
};
