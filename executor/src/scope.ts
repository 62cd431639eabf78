import type { NodeId, Scope } from '@studio/contracts';
import { inputOf, type NodeState, type Run } from '@studio/domain';

const outputOf = (state: NodeState): unknown => {
  if (state.status === 'completed') return state.output;
  return state.status === 'failed' ? { error: state.error } : undefined;
};

/** What a node's expressions see: recorded values only, so that a replay needs none of it. */
export const scopeOf = (run: Run, nodeId: NodeId): Scope => ({
  trigger: run.trigger,
  input: inputOf(run, nodeId),
  nodes: Object.fromEntries(
    [...run.instances].flatMap(([id, state]) => {
      const output = outputOf(state);
      return output === undefined ? [] : [[id, output]];
    }),
  ),
  execution: { id: run.executionId, workflow_id: run.workflowId, context: run.context },
});

/** A value as the log will give it back: plain JSON, `undefined` as null. */
export const asRecorded = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown); // JSON text parses
