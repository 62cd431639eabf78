import { DomainError, type ExecutionEvent } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { deadlineAgain } from './deadline.ts';
import { isForgotten, type NodeState, type Run } from './run.ts';

type FailedState = Extract<NodeState, { status: 'failed' }>;
type Retried = Extract<ExecutionEvent, { type: 'WorkflowRetried' }>['data'];

/** The nodes whose failure ended the run; one that went on by its `error` output is no such node. */
const failedNodes = (run: Run): (readonly [string, FailedState])[] =>
  [...run.instances].flatMap(([instanceId, state]) =>
    state.status === 'failed' && !state.handled ? [[instanceId, state] as const] : [],
  );

/** True for a region that failed by what is inside of it. */
const wasUnderWay = ([, { loop }]: readonly [string, FailedState]): boolean => loop !== undefined;

const reopened = ([instanceId, state]: readonly [string, FailedState]) => ({
  ...{ nodeId: state.nodeId, instanceId, attempt: state.attempt + 1 },
  generation: state.generation + 1,
});
const goingOn = ([instanceId, { nodeId, attempt }]: readonly [string, FailedState]) => ({
  ...{ nodeId, instanceId, attempt: attempt + 1 },
});
const asItWas = ([instanceId, { nodeId, attempt }]: readonly [string, FailedState]) => ({
  ...{ nodeId, instanceId, attempt },
});

const refuseRetry = (run: Run): void => {
  if (run.status !== 'failed' || run.retries >= run.maxRetries)
    throw new DomainError(
      'execution.not_retryable',
      'Execution cannot be retried (not failed or max retries reached)',
    );
  if (run.compensation)
    throw new DomainError(
      'execution.not_retryable',
      'Execution cannot be retried: what it did was undone. Start the workflow anew',
    );
  if (isForgotten(run))
    throw new DomainError(
      'execution.erased',
      'Execution cannot be retried: its data was erased, and with it what a retry would need',
    );
};

/**
 * What failed begins anew, what succeeded is kept. A node that failed because nobody knows its
 * outcome is in doubt again: retrying the run is no word about that one effect. A region that failed
 * by what is inside of it goes on with that.
 */
export const retry = (run: Run, { now, ...by }: Order<'RetryWorkflow'>): ExecutionEvent[] => {
  if (by.redriveId !== undefined && run.redrives.has(by.redriveId)) return [];
  refuseRetry(run);
  const failed = failedNodes(run);
  const regions = failed.filter(wasUnderWay);
  const begun = failed.filter((each) => !wasUnderWay(each));
  const deadline = deadlineAgain(run, now);
  const data: Retried = {
    workflowId: run.workflowId,
    retry: run.retries + 1,
    reopened: begun.filter(([, { doubt }]) => !doubt).map(reopened),
    inDoubt: begun.filter(([, { doubt }]) => doubt).map(asItWas),
    ...(regions.length > 0 ? { continued: regions.map(goingOn) } : {}),
    ...(deadline ? { deadline } : {}),
    ...by,
  };
  return [{ type: 'WorkflowRetried', data }];
};
