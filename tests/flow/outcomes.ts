import type { ExecutionEvent } from '@studio/contracts';

/** A node that failed because its outcome is unknown has none yet: a person may still say it. */
const isOutcome = ({ type, data }: ExecutionEvent): boolean =>
  type === 'NodeCompleted' || (type === 'NodeFailed' && data.error.code !== 'node.outcome_unknown');

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
