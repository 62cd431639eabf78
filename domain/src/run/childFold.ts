import type { ExecutionId } from '@studio/contracts';

import type { Draft, Fact } from './run.ts';

/** The fact of the next attempt follows in the same append, unless that broke off. */
export const failChild = (run: Draft, { instanceId }: Fact<'NodeFailed'>): void => {
  const state = run.instances.get(instanceId);
  if (state?.status === 'awaiting_child')
    run.instances.set(instanceId, { ...state, at: run.revision, failing: true });
};

/** The attempt goes on as another run. */
export const startChild = (run: Draft, data: Fact<'ChildStarted'>): void => {
  const { nodeId, instanceId } = data;
  const state = run.instances.get(instanceId);
  if (state?.status !== 'running') return;
  const { attempt, generation, failures, input, idempotencyKey, effect } = state;
  const childExecutionId = data.childExecutionId as ExecutionId; // the log holds the id as plain text
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'awaiting_child', childExecutionId },
    ...{ attempt, generation, failures, input, idempotencyKey, effect },
  });
};
