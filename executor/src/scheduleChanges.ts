import type { IndexChanges, RecordedEvent } from '@studio/contracts';

/** The events that a row about a schedule comes from, beside the start of its runs. */
export const scheduleTypes: readonly RecordedEvent['type'][] = [
  'ScheduleSet',
  'ScheduleRemoved',
  'ScheduleFiringsSkipped',
];

type ScheduleChanges = Pick<IndexChanges, 'schedulesSet' | 'schedulesMoved' | 'schedulesGone'>;

/** Net changes of the index about schedules. */
export interface ScheduleFold {
  add(event: RecordedEvent): void;
  changes(): ScheduleChanges;
}

export const createScheduleFold = (): ScheduleFold => {
  const set = new Map<string, IndexChanges['schedulesSet'][number]>();
  const moved = new Map<string, string>();
  const gone = new Set<string>();

  const drop = (scheduleId: string): void => {
    set.delete(scheduleId);
    moved.delete(scheduleId);
    gone.add(scheduleId);
  };
  /** Runs of one schedule may begin in another order than they were due. */
  const move = (scheduleId: string, dueAt: string | null): void => {
    if (dueAt === null) {
      drop(scheduleId);
      return;
    }
    const fresh = set.get(scheduleId);
    if (fresh) set.set(scheduleId, fresh.dueAt < dueAt ? { ...fresh, dueAt } : fresh);
    else if ((moved.get(scheduleId) ?? '') < dueAt) moved.set(scheduleId, dueAt);
  };

  return {
    add: ({ type, data, metadata }) => {
      if (type === 'ScheduleSet') {
        const { scheduleId, workflowId, nodeId, nextDueAt: dueAt } = data;
        const { workspaceId } = metadata;
        set.set(scheduleId, { scheduleId, workflowId, nodeId, dueAt, workspaceId });
      } else if (type === 'ScheduleRemoved') drop(data.scheduleId);
      else if (type === 'ScheduleFiringsSkipped') move(data.scheduleId, data.nextDueAt);
      else if (type === 'WorkflowStarted' && data.firedBy?.by === 'schedule')
        move(data.firedBy.scheduleId, data.firedBy.nextDueAt);
    },
    changes: () => ({
      schedulesSet: [...set.values()],
      schedulesMoved: [...moved].map(([scheduleId, dueAt]) => ({ scheduleId, dueAt })),
      schedulesGone: [...gone],
    }),
  };
};
