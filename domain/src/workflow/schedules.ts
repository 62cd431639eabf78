import type { ScheduleRule, WorkflowEvent } from '@studio/contracts';

type Fact<Type extends WorkflowEvent['type']> = Extract<WorkflowEvent, { type: Type }>['data'];
export type SkippedFirings = Fact<'ScheduleFiringsSkipped'>;
export type ScheduleEvent = Extract<WorkflowEvent, { type: `Schedule${string}` }>;

/** What a schedule is, before it has an id. */
export type ScheduleContent = ScheduleRule & {
  readonly nodeId: string;
  readonly catchUp: Fact<'ScheduleSet'>['catchUp'];
  readonly overlap: Fact<'ScheduleSet'>['overlap'];
};

/** A schedule as a published workflow has it. */
export interface Schedule extends ScheduleContent {
  readonly scheduleId: string;
  readonly setBy: string;
  readonly setAt: string;
  /** When it was due first. */
  readonly firstDueAt: string;
  readonly lastSkipped: SkippedFirings | null;
}

/** A schedule about to be set, with the next time it is due. */
export type NewSchedule = ScheduleContent & {
  readonly scheduleId: string;
  readonly nextDueAt: string;
};

export interface Schedules {
  readonly schedulesEnabled: boolean;
  /** By node; none while they are disabled, or nothing is published. */
  readonly schedules: ReadonlyMap<string, Schedule>;
}

/** Who sets schedules, and when. */
export interface Setting {
  readonly workflowId: string;
  readonly by: string;
  readonly now: string;
  /** What the published version has. */
  readonly wanted: readonly NewSchedule[];
}

const contentOf = (of: ScheduleContent): ScheduleContent => {
  const { nodeId, cron, everyMs, timezone, catchUp, overlap } = of;
  return { nodeId, cron, everyMs, timezone, catchUp, overlap };
};
const isSame = (one: ScheduleContent, other: ScheduleContent): boolean =>
  JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));

const removed = (workflowId: string, { nodeId, scheduleId }: Schedule): ScheduleEvent => ({
  type: 'ScheduleRemoved',
  data: { workflowId, nodeId, scheduleId },
});

export const removeSchedules = (workflowId: string, { schedules }: Schedules): ScheduleEvent[] =>
  [...schedules.values()].map((schedule) => removed(workflowId, schedule));

/** One that stays as it was goes on as it was: what is due of it stays due. */
export const setSchedules = (
  { workflowId, by, now, wanted }: Setting,
  { schedules, schedulesEnabled }: Schedules,
): ScheduleEvent[] => {
  const stays = (known: Schedule): boolean =>
    schedulesEnabled && wanted.some((each) => isSame(each, known));
  const gone = [...schedules.values()].filter((known) => !stays(known));
  const fresh = schedulesEnabled
    ? wanted.filter((each) => {
        const known = schedules.get(each.nodeId);
        return !known || !stays(known);
      })
    : [];
  return [
    ...gone.map((known) => removed(workflowId, known)),
    ...fresh.map(({ scheduleId, nextDueAt, ...content }): ScheduleEvent => ({
      type: 'ScheduleSet',
      data: { workflowId, scheduleId, ...contentOf(content), setBy: by, setAt: now, nextDueAt },
    })),
  ];
};

/** Nothing when they are so already. */
export const enableSchedules = (
  { enabled, ...setting }: Setting & { readonly enabled: boolean },
  state: Schedules,
): ScheduleEvent[] => {
  if (enabled === state.schedulesEnabled) return [];
  const { workflowId, by } = setting;
  if (!enabled)
    return [
      { type: 'SchedulesDisabled', data: { workflowId, by } },
      ...removeSchedules(workflowId, state),
    ];
  return [
    { type: 'SchedulesEnabled', data: { workflowId, by } },
    ...setSchedules(setting, { ...state, schedulesEnabled: true }),
  ];
};

/** Nothing for a schedule that is no more, and for firings that are on record already. */
export const skipFirings = (data: SkippedFirings, { schedules }: Schedules): ScheduleEvent[] => {
  const known = schedules.get(data.nodeId);
  if (known?.scheduleId !== data.scheduleId) return [];
  if (known.lastSkipped && known.lastSkipped.lastDueAt >= data.lastDueAt) return [];
  return [{ type: 'ScheduleFiringsSkipped', data }];
};

const withSchedule = (state: Schedules, schedule: Schedule): Schedules => ({
  ...state,
  schedules: new Map(state.schedules).set(schedule.nodeId, schedule),
});

/** The schedules after a fact about them. */
export const evolveSchedules = <State extends Schedules>(
  state: State,
  { type, data }: ScheduleEvent,
): State => {
  switch (type) {
    case 'ScheduleSet': {
      const { scheduleId, setBy, setAt, nextDueAt: firstDueAt } = data;
      const set = { scheduleId, setBy, setAt, firstDueAt, lastSkipped: null };
      return { ...state, ...withSchedule(state, { ...contentOf(data), ...set }) };
    }
    case 'ScheduleRemoved': {
      const schedules = new Map(state.schedules);
      if (schedules.get(data.nodeId)?.scheduleId === data.scheduleId) schedules.delete(data.nodeId);
      return { ...state, schedules };
    }
    case 'SchedulesDisabled':
      return { ...state, schedulesEnabled: false };
    case 'SchedulesEnabled':
      return { ...state, schedulesEnabled: true };
    case 'ScheduleFiringsSkipped': {
      const known = state.schedules.get(data.nodeId);
      if (!known) return state;
      return { ...state, ...withSchedule(state, { ...known, lastSkipped: data }) };
    }
  }
};
