import type { BegunChild, ChildChanges, ExecutionId, RecordedEvent } from '@studio/contracts';

/** Net changes to the rows of children, folded over as many facts as there are before a write. */
export interface ChildFold {
  /** A run began, with its parent if it has one. */
  begin(executionId: ExecutionId, event: Extract<RecordedEvent, { type: 'WorkflowStarted' }>): void;
  /** A run that had ended goes on. */
  reopen(executionId: ExecutionId): void;
  end(executionId: ExecutionId): void;
  /** It has not ended, and waits for no child any more. */
  giveUp(executionId: ExecutionId): void;
  add(event: RecordedEvent): void;
  changes(): ChildChanges;
}

/** The events that a row about a child comes from, beside those that begin and end runs. */
export const childTypes = ['ChildStarted', 'ChildEnded', 'WorkflowRewound'] as const;

export const createChildFold = (): ChildFold => {
  const begun = new Map<ExecutionId, BegunChild>();
  const begunBy = new Map<ExecutionId, ExecutionId[]>();
  const awaited = new Set<ExecutionId>();
  /** How runs stand that ended here, or went on again: false for the latter. */
  const over = new Map<ExecutionId, boolean>();
  const parentsEnded = new Set<ExecutionId>();
  const gone = new Set<ExecutionId>();
  const unawaited = new Set<ExecutionId>();
  const openHere = new Set<ExecutionId>();

  const change = (childId: ExecutionId, more: Partial<BegunChild>): boolean => {
    const known = begun.get(childId);
    if (known) begun.set(childId, { ...known, ...more });
    return known !== undefined;
  };
  const isOrphaned = (parentId: ExecutionId): boolean | null => {
    if (openHere.has(parentId)) return false;
    return over.get(parentId) === true ? true : null;
  };

  const giveUp = (executionId: ExecutionId): void => {
    parentsEnded.add(executionId);
    for (const childId of begunBy.get(executionId) ?? []) change(childId, { orphaned: true });
  };

  const leave = (children: readonly ExecutionId[]): void => {
    for (const childId of children)
      if (!change(childId, { orphaned: true })) unawaited.add(childId);
  };

  return {
    giveUp,
    begin: (executionId, { data: { parent } }) => {
      openHere.add(executionId);
      if (!parent) return;
      const parentId = parent.executionId as ExecutionId; // the log holds the id as plain text
      const row = { childId: executionId, parentId, orphaned: isOrphaned(parentId) };
      begun.set(executionId, { ...row, awaited: false, ended: false });
      begunBy.set(parentId, [...(begunBy.get(parentId) ?? []), executionId]);
    },
    reopen: (executionId) => {
      openHere.add(executionId);
      over.set(executionId, false);
      change(executionId, { ended: false });
    },
    end: (executionId) => {
      openHere.delete(executionId);
      over.set(executionId, true);
      change(executionId, { ended: true });
      giveUp(executionId);
    },
    add: ({ type, data }) => {
      if (type === 'WorkflowRewound') leave(data.children as ExecutionId[]); // the log holds ids as plain text
      if (type !== 'ChildStarted' && type !== 'ChildEnded') return;
      const childId = data.childExecutionId as ExecutionId; // the log holds the id as plain text
      if (type === 'ChildEnded') {
        begun.delete(childId);
        gone.add(childId);
      } else if (!change(childId, { awaited: true })) awaited.add(childId);
    },
    changes: () => ({
      begun: [...begun.values()],
      awaited: [...awaited],
      ended: [...over].flatMap(([id, isOver]) => (isOver ? [id] : [])),
      reopened: [...over].flatMap(([id, isOver]) => (isOver ? [] : [id])),
      parentsEnded: [...parentsEnded],
      unawaited: [...unawaited],
      gone: [...gone],
    }),
  };
};
