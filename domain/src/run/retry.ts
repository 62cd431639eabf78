import { DomainError, type ExecutionEvent } from '@studio/contracts';

import { isForgotten, type NodeState, type Run } from './run.ts';

type FailedState = Extract<NodeState, { status: 'failed' }>;
type Retried = Extract<ExecutionEvent, { type: 'WorkflowRetried' }>['data'];

/** The nodes whose failure ended the run; one that went on by its `error` output is no such node. */
const failedNodes = (run: Run): (readonly [string, FailedState])[] =>
  [...run.instances].flatMap(([instanceId, state]) =>
    state.status === 'failed' && !state.handled ? [[instanceId, state] as const] : [],
  );

const reopened = ([instanceId, state]: readonly [string, FailedState]) => ({
  ...{ nodeId: state.nodeId, instanceId, attempt: state.attempt + 1 },
  generation: state.generation + 1,
});
const stillInDoubt = ([instanceId, { nodeId, attempt }]: readonly [string, FailedState]) => ({
  ...{ nodeId, instanceId, attempt },
});

/**
 * What failed begins anew, what succeeded is kept. A node that failed because nobody knows its
 * outcome is in doubt again: retrying the run is no word about that one effect.
 */
export const retry = (run: Run): ExecutionEvent[] => {
  if (run.status !== 'failed' || run.retries >= run.maxRetries)
    throw new DomainError(
      'execution.not_retryable',
      'Execution cannot be retried (not failed or max retries reached)',
    );
  if (isForgotten(run))
    throw new DomainError(
      'execution.erased',
      'Execution cannot be retried: its data was erased, and with it what a retry would need',
    );
  const failed = failedNodes(run);
  const data: Retried = {
    retry: run.retries + 1,
    reopened: failed.filter(([, { doubt }]) => !doubt).map(reopened),
    inDoubt: failed.filter(([, { doubt }]) => doubt).map(stillInDoubt),
  };
  return [{ type: 'WorkflowRetried', data }];
};
