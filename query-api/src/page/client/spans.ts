import { type Fact, instanceOf } from './facts.ts';

/** When a fact happened and what it brought to an end, in milliseconds since the run's first fact. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const beginsWork = new Set(['NodeStarted', 'RegionStarted']);
const endsWork = new Set([
  ...['ModelTurnCompleted', 'NodeCompleted', 'NodeFailed', 'NodeCancelled'],
  ...['NodeInDoubt', 'LateOutcomeRecorded'],
]);
const beginsWait = new Set(['TimerSet', 'NodeRetryScheduled']);
const endsWait = new Set(['TimerFired', 'TimerCancelled']);
const endsRun = new Set(['WorkflowCompleted', 'WorkflowFailed', 'WorkflowCancelled']);

/** Takes the facts of a run one after the other; each answer is the span that the fact closes, or its instant alone. */
export const createSpans = (): ((fact: Fact) => Span) => {
  const work = new Map<string, number>();
  const waits = new Map<string, number>();
  let first: number | null = null;

  const beginOf = ({ type }: Fact, instance: string): number | undefined => {
    if (endsWork.has(type)) return work.get(instance);
    if (endsWait.has(type)) return waits.get(instance);
    return endsRun.has(type) ? 0 : undefined;
  };

  return (fact) => {
    const happened = Date.parse(fact.metadata.occurredAt);
    first ??= happened;
    // Clocks of several processes may differ by a little: nothing happened before the beginning.
    const to = Math.max(0, happened - first);
    const instance = instanceOf(fact);
    const from = beginOf(fact, instance) ?? to;
    if (beginsWork.has(fact.type)) work.set(instance, to);
    if (beginsWait.has(fact.type)) waits.set(instance, to);
    return { from: Math.min(from, to), to };
  };
};
