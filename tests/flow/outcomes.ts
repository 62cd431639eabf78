import type { ExecutionEvent } from '@studio/contracts';

/** Failures by which no answer was recorded: the effect was called off, or nobody knows. */
const withoutAnswer = ['node.outcome_unknown', 'run.deadline_exceeded'];

/** A node that is held has no outcome yet: a person may still say it. */
const isOutcome = ({ type, data }: ExecutionEvent): boolean =>
  type === 'NodeCompleted' ||
  (type === 'NodeFailed' && data.next !== 'hold' && !withoutAnswer.includes(data.error.code));

/** Outcomes by instance and attempt that are there twice: there may be none. */
export const outcomesTwice = (log: readonly ExecutionEvent[]): string[] => {
  const seen = new Set<string>();
  return log.filter(isOutcome).flatMap(({ data }) => {
    if (!('attempt' in data)) return [];
    const key = `${data.instanceId}#${data.attempt}`;
    if (seen.has(key)) return [key];
    seen.add(key);
    return [];
  });
};
