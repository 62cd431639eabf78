import {
  type EndedRun,
  type EventFiringChanges,
  type ExecutionId,
  type Firing,
  type IndexedEventTrigger,
  parseStream,
  type RecordedEvent,
  type RunOutcome,
} from '@studio/contracts';

/** The events that a row about an event trigger comes from, beside those that begin and end runs. */
export const eventTriggerTypes: readonly RecordedEvent['type'][] = [
  'EventTriggerSet',
  'EventTriggerRemoved',
  'EventFiringSkipped',
];

/** Net changes of the index about event triggers and their firings. */
export interface EventFiringFold {
  add(event: RecordedEvent): void;
  changes(): EventFiringChanges;
}

/** How the run ended by this fact; null when it did not. */
export const outcomeOf = ({ type, data }: RecordedEvent): RunOutcome | null => {
  if (type === 'WorkflowCompleted') return 'completed';
  if (type === 'WorkflowFailed') return 'failed';
  if (type === 'WorkflowCancelled') return 'cancelled';
  return type === 'DataErased' && data.cancelled === true ? 'cancelled' : null;
};

const settledBy = ({ type, data }: RecordedEvent): Firing | null => {
  if (type === 'EventFiringSkipped') return data;
  return type === 'WorkflowStarted' && data.firedBy?.by === 'event' ? data.firedBy : null;
};

export const createEventFiringFold = (): EventFiringFold => {
  const set = new Map<string, IndexedEventTrigger>();
  const gone = new Set<string>();
  const ended: EndedRun[] = [];
  const settled: Firing[] = [];
  /** The workflows of runs that began, or went on, here: the index may not know them. */
  const workflowOf = new Map<string, string>();

  const addEnd = (event: RecordedEvent, outcome: RunOutcome): void => {
    const executionId = parseStream(event.stream)?.id as ExecutionId; // only a run ends
    ended.push({
      ...{ executionId, revision: event.revision, position: event.position, outcome },
      workspaceId: event.metadata.workspaceId,
      workflowId: workflowOf.get(executionId) ?? null,
    });
  };
  const addTrigger = ({ type, data, position, metadata }: RecordedEvent): void => {
    if (type === 'EventTriggerSet') {
      const { triggerId, workflowId, nodeId, workflowIds, outcomes } = data;
      const { workspaceId } = metadata;
      const rule = { workflowIds, outcomes };
      set.set(triggerId, {
        ...{ triggerId, workflowId, nodeId, workspaceId, ...rule, setAt: position },
      });
    } else if (type === 'EventTriggerRemoved') {
      set.delete(data.triggerId);
      gone.add(data.triggerId);
    }
  };

  return {
    add: (event) => {
      const { type, data, stream } = event;
      if ((type === 'WorkflowStarted' || type === 'WorkflowRetried') && data.workflowId)
        workflowOf.set(parseStream(stream)?.id ?? '', data.workflowId);
      const outcome = outcomeOf(event);
      if (outcome) addEnd(event, outcome);
      const firing = settledBy(event);
      if (firing) settled.push(firing);
      addTrigger(event);
    },
    changes: () => ({ set: [...set.values()], gone: [...gone], ended, settled }),
  };
};
