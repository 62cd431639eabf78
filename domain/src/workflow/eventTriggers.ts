import type { EventTriggerRule, WorkflowEvent } from '@studio/contracts';

type Fact<Type extends WorkflowEvent['type']> = Extract<WorkflowEvent, { type: Type }>['data'];
export type SkippedEventFiring = Fact<'EventFiringSkipped'>;
export type EventTriggerEvent = Extract<
  WorkflowEvent,
  { type: 'EventTriggerSet' | 'EventTriggerRemoved' | 'EventFiringSkipped' }
>;

/** An event trigger about to be set. */
export type NewEventTrigger = EventTriggerRule & {
  readonly nodeId: string;
  readonly triggerId: string;
};

/** An event trigger as a published workflow has it. */
export interface EventTrigger extends NewEventTrigger {
  readonly setBy: string;
  readonly setAt: string;
  readonly lastSkipped: SkippedEventFiring | null;
}

export interface EventTriggers {
  /** By node; none while nothing is published. */
  readonly eventTriggers: ReadonlyMap<string, EventTrigger>;
}

/** Who sets event triggers, and when. */
export interface EventTriggerSetting {
  readonly workflowId: string;
  readonly by: string;
  readonly now: string;
  /** What the published version has. */
  readonly wanted: readonly NewEventTrigger[];
}

const ruleOf = ({ workflowIds, outcomes, expression }: EventTriggerRule): EventTriggerRule => ({
  ...{ workflowIds, outcomes, expression },
});
const isSame = (one: NewEventTrigger, other: NewEventTrigger): boolean =>
  one.nodeId === other.nodeId && JSON.stringify(ruleOf(one)) === JSON.stringify(ruleOf(other));

const removed = (workflowId: string, trigger: EventTrigger): EventTriggerEvent => ({
  type: 'EventTriggerRemoved',
  data: { workflowId, nodeId: trigger.nodeId, triggerId: trigger.triggerId },
});

export const removeEventTriggers = (
  workflowId: string,
  { eventTriggers }: EventTriggers,
): EventTriggerEvent[] =>
  [...eventTriggers.values()].map((trigger) => removed(workflowId, trigger));

/** One that stays as it was keeps its id, and with it the firings that are due. */
export const setEventTriggers = (
  { workflowId, by, now, wanted }: EventTriggerSetting,
  { eventTriggers }: EventTriggers,
): EventTriggerEvent[] => {
  const known = [...eventTriggers.values()];
  const gone = known.filter((one) => !wanted.some((each) => isSame(each, one)));
  const fresh = wanted.filter((each) => !known.some((one) => isSame(each, one)));
  return [
    ...gone.map((trigger) => removed(workflowId, trigger)),
    ...fresh.map(({ nodeId, triggerId, ...rule }): EventTriggerEvent => ({
      type: 'EventTriggerSet',
      data: { workflowId, nodeId, triggerId, ...ruleOf(rule), setBy: by, setAt: now },
    })),
  ];
};

const isOnRecord = (known: SkippedEventFiring | null, data: SkippedEventFiring): boolean =>
  known?.endedExecutionId === data.endedExecutionId && known.endRevision === data.endRevision;

/** Nothing for a trigger that is no more, and for the firing that was skipped last. */
export const skipEventFiring = (
  data: SkippedEventFiring,
  { eventTriggers }: EventTriggers,
): EventTriggerEvent[] => {
  const known = eventTriggers.get(data.nodeId);
  if (known?.triggerId !== data.triggerId || isOnRecord(known.lastSkipped, data)) return [];
  return [{ type: 'EventFiringSkipped', data }];
};

/** The event triggers after a fact about them. */
export const evolveEventTriggers = (
  { eventTriggers }: EventTriggers,
  { type, data }: EventTriggerEvent,
): EventTriggers['eventTriggers'] => {
  const next = new Map(eventTriggers);
  const known = next.get(data.nodeId);
  switch (type) {
    case 'EventTriggerSet': {
      const { nodeId, triggerId, setBy, setAt } = data;
      return next.set(nodeId, {
        ...{ nodeId, triggerId, ...ruleOf(data), setBy, setAt, lastSkipped: null },
      });
    }
    case 'EventTriggerRemoved':
      if (known?.triggerId === data.triggerId) next.delete(data.nodeId);
      return next;
    case 'EventFiringSkipped':
      return known ? next.set(data.nodeId, { ...known, lastSkipped: data }) : next;
  }
};
