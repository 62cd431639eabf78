import type { IndexChanges, RecordedEvent } from '@studio/contracts';

/** The events that a row about a kill switch comes from. */
export const haltTypes: readonly RecordedEvent['type'][] = [
  'WorkflowHalted',
  'WorkflowReleased',
  'WorkspaceHalted',
  'WorkspaceReleased',
];

type HaltChanges = Pick<IndexChanges, 'haltsSet' | 'haltsGone'>;

/** Net changes of the index about kill switches. */
export interface HaltFold {
  add(event: RecordedEvent): void;
  changes(): HaltChanges;
}

export const createHaltFold = (): HaltFold => {
  const set = new Map<string, HaltChanges['haltsSet'][number]>();
  const gone = new Set<string>();

  const turnOn = (
    scopeId: string,
    { runs, reason }: Omit<HaltChanges['haltsSet'][number], 'scopeId'>,
  ): void => {
    set.set(scopeId, { scopeId, runs, reason });
    gone.delete(scopeId);
  };
  const turnOff = (scopeId: string): void => {
    set.delete(scopeId);
    gone.add(scopeId);
  };

  return {
    add: ({ type, data }) => {
      if (type === 'WorkflowHalted') turnOn(data.workflowId, data);
      else if (type === 'WorkspaceHalted') turnOn(data.workspaceId, data);
      else if (type === 'WorkflowReleased') turnOff(data.workflowId);
      else if (type === 'WorkspaceReleased') turnOff(data.workspaceId);
    },
    changes: () => ({ haltsSet: [...set.values()], haltsGone: [...gone] }),
  };
};
