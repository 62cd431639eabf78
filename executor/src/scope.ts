import type { NodeId, Scope } from '@studio/contracts';
import { inputOf, type NodeState, type Run } from '@studio/domain';

const outputOf = (state: NodeState): unknown => {
  if (state.status === 'completed') return state.output;
  if (state.status !== 'failed') return undefined;
  const { code, message } = state.error;
  return { error: { code, message } };
};

const outputsOf = (run: Run): Record<string, unknown> =>
  Object.fromEntries(
    [...run.instances].flatMap(([id, state]) => {
      const output = outputOf(state);
      return output === undefined ? [] : [[id, output]];
    }),
  );

/**
 * What a node's expressions see: recorded values only, so that a replay needs none of it.
 * `nodes` is gathered when it is first asked for: most nodes never look at it.
 */
export const scopeOf = (run: Run, nodeId: NodeId): Scope => {
  let nodes: Record<string, unknown> | undefined;
  return {
    trigger: run.trigger,
    input: inputOf(run, nodeId),
    get nodes() {
      return (nodes ??= outputsOf(run));
    },
    execution: { id: run.executionId, workflow_id: run.workflowId, context: run.context },
  };
};

/** A value as the log will give it back: plain JSON, `undefined` as null. */
export const asRecorded = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown); // JSON text parses
