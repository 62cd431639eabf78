import { DomainError, type ExecutionEvent } from '@studio/contracts';

import { finalFailure, nodeIdOf, type Order } from './attempts.ts';
import { graphOf } from './graph.ts';
import { isOver, type Run, shownStatus } from './run.ts';
import { withConsequences } from './settle.ts';

/** Attempts that end with their run; what they did is unknown. */
const cancelledAttempts = ({ instances }: Run): ExecutionEvent[] =>
  [...instances].flatMap(([instanceId, state]): ExecutionEvent[] => {
    if (state.status !== 'running' && state.status !== 'in_doubt') return [];
    const { nodeId, attempt } = state;
    return [{ type: 'NodeCancelled', data: { nodeId, instanceId, attempt, outcome: 'unknown' } }];
  });

const pausedMark = ({ paused }: Run): { paused?: true } => (paused ? { paused } : {});

export const cancel = (run: Run, { reason }: Order<'CancelWorkflow'>): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_cancellable',
      `Cannot cancel execution with status: ${shownStatus(run)}`,
    );
  const data = { reason, ...pausedMark(run) };
  return [{ type: 'WorkflowCancelled', data }, ...cancelledAttempts(run)];
};

export const pause = (run: Run, data: Order<'PauseWorkflow'>): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_pausable',
      `Cannot pause execution with status: ${shownStatus(run)}`,
    );
  return run.paused ? [] : [{ type: 'WorkflowPaused', data }];
};

export const resume = (run: Run): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_resumable',
      `Cannot resume execution with status: ${shownStatus(run)}`,
    );
  return run.paused ? [{ type: 'WorkflowResumed', data: {} }] : [];
};

export const resolve = (run: Run, data: Order<'ResolveNode'>): ExecutionEvent[] => {
  const instanceId = data.nodeId;
  if (!graphOf(run.definition).nodes.has(nodeIdOf(run, instanceId)))
    throw new DomainError('node.not_found', `The run has no node ${JSON.stringify(data.nodeId)}`);
  const state = run.instances.get(instanceId);
  if (isOver(run) || state?.status !== 'in_doubt')
    throw new DomainError(
      'node.not_in_doubt',
      `Node ${JSON.stringify(data.nodeId)} is not in doubt`,
    );
  const { nodeId, attempt, generation } = state;
  const { resolution, now } = data;
  switch (resolution.action) {
    case 'retry': {
      const next = { attempt: attempt + 1, generation: generation + 1, dueAt: now };
      return withConsequences(run, [
        { type: 'NodeRetryScheduled', data: { nodeId, instanceId, ...next } },
      ]);
    }
    case 'fail': {
      const error = {
        code: 'node.failed_by_person',
        message: resolution.message,
        transient: false,
      };
      return finalFailure(run, { instanceId, attempt, error });
    }
    case 'outcome': {
      const { output } = resolution;
      const done = { nodeId, instanceId, attempt, handle: 'output', output };
      return withConsequences(run, [{ type: 'NodeCompleted', data: done }]);
    }
  }
};

export const recordErasure = (run: Run): ExecutionEvent[] => {
  if (run.erased) return [];
  const { executionId, keyId } = run;
  const erased = { executionId, keyId };
  if (isOver(run)) return [{ type: 'DataErased', data: erased }];
  if (run.retries === 0)
    throw new DomainError('execution.not_ended', 'Only a run that has ended can be forgotten');
  // Retried after its key was deleted: nothing can be recorded of it any more.
  const data = { ...erased, cancelled: true as const, ...pausedMark(run) };
  return [{ type: 'DataErased', data }, ...cancelledAttempts(run)];
};
