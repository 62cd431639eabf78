import type { ExecutionView } from '@studio/contracts';

import { type Fact, startedOf } from './facts.ts';
import type { LiveMessage } from './live.ts';
import { isOpen } from './states.ts';

/** What the list knows of a run. */
export type Run = Pick<
  ExecutionView,
  | 'id'
  | 'workflow_name'
  | 'status'
  | 'trigger_type'
  | 'total_nodes'
  | 'completed_nodes'
  | 'created_at'
  | 'started_at'
  | 'duration_ms'
>;

/** All that one fact has the list told: the fact message comes last. */
export interface Told {
  readonly fact: Fact;
  readonly executionId: string;
  readonly updates: readonly LiveMessage[];
}

export interface RunList {
  readonly runs: () => readonly Run[];
  readonly total: () => number;
  /** What was read in place of what was known, for the runs of one status; '' for all. */
  read(runs: readonly Run[], total: number, status: string): void;
  /** Changes the list by what a fact tells. It asks the studio for nothing, however busy that is. */
  tell(told: Told): void;
}

interface Update {
  readonly status: Run['status'];
  readonly completed_nodes: number;
  readonly total_nodes: number;
}

const mostBorn = 500;

const changed = (run: Run, update: Update, now: string): Run => {
  const { status, completed_nodes, total_nodes } = update;
  const started_at = run.started_at ?? (status === 'pending' ? null : now);
  const tookMs = Date.parse(now) - Date.parse(started_at ?? now);
  const duration_ms = isOpen(status) ? null : Math.max(0, tookMs);
  return { ...run, status, completed_nodes, total_nodes, started_at, duration_ms };
};

const born = ({ fact, executionId: id }: Told): Run | null => {
  const started = startedOf(fact);
  if (!started) return null;
  return {
    ...{ id, workflow_name: started.workflowName, trigger_type: started.triggerType },
    ...{ status: 'pending', total_nodes: started.totalNodes, completed_nodes: 0 },
    ...{ created_at: fact.metadata.occurredAt, started_at: null, duration_ms: null },
  };
};

const isNewer = (run: Run, other: Run): boolean =>
  run.created_at === other.created_at ? run.id > other.id : run.created_at > other.created_at;

export const createRunList = (): RunList => {
  let runs: Run[] = [];
  let total = 0;
  let wanted = '';
  /** Runs that began while we listened: one may come to have the wanted status later. */
  const known = new Map<string, Run>();

  const put = (run: Run): void => {
    const fits = wanted === '' || run.status === wanted;
    const index = runs.findIndex(({ id }) => id === run.id);
    if (index !== -1 && fits) runs[index] = run;
    else if (index !== -1) {
      runs.splice(index, 1);
      total -= 1;
    } else if (fits) {
      const place = runs.findIndex((other) => isNewer(run, other));
      runs.splice(place === -1 ? runs.length : place, 0, run);
      total += 1;
    }
  };

  const remember = (run: Run): void => {
    known.set(run.id, run);
    const [oldest] = known.keys();
    if (known.size > mostBorn && oldest !== undefined) known.delete(oldest);
  };

  const find = (id: string): Run | undefined => runs.find((run) => run.id === id) ?? known.get(id);

  return {
    runs: () => runs,
    total: () => total,
    read: (found, count, status) => {
      [runs, total, wanted] = [[...found], count, status];
    },
    tell: (told) => {
      const begun = find(told.executionId) ?? born(told);
      if (!begun) return; // an older one than those that are shown
      const now = told.fact.metadata.occurredAt;
      const run = told.updates.reduce(
        (last, { data }) => changed(last, data as Update, now), // updates of the run are what the list is told
        begun,
      );
      if (known.has(run.id) || told.fact.type === 'WorkflowStarted') remember(run);
      put(run);
    },
  };
};
