import type { ExecutionId, RecordedBatch, RecordedEvent } from '@studio/contracts';

import { createFactsKnown } from './factsKnown.ts';
import { createLiveRun, type LiveRun, type LiveRunParts } from './liveRun.ts';
import { type RunFacts, sortBatch } from './sortBatch.ts';

export interface RunsInHandParts extends Omit<LiveRunParts, 'epoch' | 'onIdle' | 'onError'> {
  /** The epoch under which a run is ours; null when it is not. */
  readonly epochOf: (executionId: ExecutionId) => number | null;
  readonly onError: (error: unknown, executionId: ExecutionId) => void;
}

/** The runs in the memory of one executor; those that sleep are rows only. */
export interface RunsInHand {
  /** The run, taken in hand unless it is already. */
  take(executionId: ExecutionId): LiveRun;
  find(executionId: ExecutionId): LiveRun | undefined;
  /** Facts as the log's tail brings them: what others recorded moves the runs that are ours. */
  hear(batch: RecordedBatch): void;
  /** Calls off and forgets those for which it holds. */
  drop(isLost: (executionId: ExecutionId) => boolean): void;
  count(): number;
  effectsInFlight(): number;
}

/** After these nothing is to be done for a run that is not in hand. */
const endings = new Set<RecordedEvent['type']>([
  'WorkflowCompleted',
  'WorkflowFailed',
  'WorkflowCancelled',
  'NodeCancelled',
  'DataErased',
]);

export const createRunsInHand = (parts: RunsInHandParts): RunsInHand => {
  const { epochOf, slots, owner, onError } = parts;
  const runs = new Map<ExecutionId, LiveRun>();
  const known = createFactsKnown();

  const take = (executionId: ExecutionId): LiveRun => {
    const inHand = runs.get(executionId);
    if (inHand) return inHand;
    const run = createLiveRun(executionId, {
      ...parts,
      epoch: () => epochOf(executionId),
      onIdle: (position) => {
        runs.delete(executionId);
        known.putDown(executionId, position);
        slots.passOn(executionId);
      },
      onError: (error) => {
        onError(error, executionId);
      },
    });
    runs.set(executionId, run);
    return run;
  };

  const isOurs = (executionId: ExecutionId): boolean => epochOf(executionId) !== null;

  const hearOne = (executionId: ExecutionId, event: RecordedEvent): void => {
    if (!isOurs(executionId)) return;
    const run = runs.get(executionId);
    if (run) run.nudge(event.revision);
    else if (!endings.has(event.type) && !known.has(executionId, event))
      take(executionId).nudge(event.revision);
  };

  const hearBegun = ({ executionId, facts }: RunFacts): void => {
    const last = facts.at(-1);
    if (!last || !isOurs(executionId)) return;
    const run = runs.get(executionId);
    if (run) run.nudge(last.revision);
    else if (!known.has(executionId, last)) take(executionId).begin(facts);
  };

  return {
    take,
    find: (executionId) => runs.get(executionId),
    hear: (batch) => {
      const { begun, others } = sortBatch(batch.events, owner);
      for (const { executionId, event } of others) hearOne(executionId, event);
      for (const facts of begun) hearBegun(facts);
      known.passed(batch.upTo);
    },
    drop: (isLost) => {
      for (const [executionId, run] of runs)
        if (isLost(executionId)) {
          run.abandon();
          runs.delete(executionId);
        }
    },
    count: () => runs.size,
    effectsInFlight: () => [...runs.values()].reduce((sum, run) => sum + run.busy(), 0),
  };
};
