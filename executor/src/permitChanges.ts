import {
  type CountedStart,
  type Debounced,
  type ExecutionId,
  type GrantedPermits,
  type Permit,
  type PermitChanges,
  type PermitsAsked,
  plusMs,
  type RecordedEvent,
} from '@studio/contracts';

/** Net changes to the permits, folded over as many facts as there are before a write. */
export interface PermitFold {
  add(executionId: ExecutionId, event: RecordedEvent): void;
  /** The run holds and asks for none any more. */
  drop(executionId: ExecutionId): void;
  changes(): PermitChanges;
}

export const permitTypes = ['PermitsRequested', 'PermitsGranted'] as const;

const debouncedBy = (permits: readonly Permit[], askedOn: string): Debounced | null => {
  for (const { key, debounceMs, maxWaitMs } of permits)
    if (debounceMs !== undefined)
      return {
        ...{ key, quietAt: plusMs(askedOn, debounceMs) },
        latestAt: maxWaitMs === undefined ? null : plusMs(askedOn, maxWaitMs),
      };
  return null;
};

/** It waited for its permits, and does so no more. */
const givesUpPlace = (event: RecordedEvent): boolean =>
  (event.type === 'WorkflowPaused' || event.type === 'WorkflowCancellationRequested') &&
  event.data.waiting === true;

/** The sooner of both Instants. */
const soonest = (one: string, other: string | null | undefined): string =>
  other && other < one ? other : one;

export const createPermitFold = (): PermitFold => {
  const asked = new Map<ExecutionId, PermitsAsked>();
  const granted = new Map<ExecutionId, GrantedPermits>();
  const gone = new Set<ExecutionId>();
  const counted: CountedStart[] = [];
  const hurried = new Map<ExecutionId, string>();

  const forget = (executionId: ExecutionId): void => {
    asked.delete(executionId);
    granted.delete(executionId);
    hurried.delete(executionId);
    gone.delete(executionId);
  };
  const drop = (executionId: ExecutionId): void => {
    forget(executionId);
    gone.add(executionId);
  };
  const ask = (
    executionId: ExecutionId,
    { data, revision, position, metadata }: Extract<RecordedEvent, { type: 'PermitsRequested' }>,
  ): void => {
    forget(executionId);
    const { priority } = data;
    asked.set(executionId, {
      ...{ executionId, requestedAt: revision, askedAt: position, priority },
      permits: data.permits.filter(({ debounceMs }) => debounceMs === undefined),
      ...{ debounced: debouncedBy(data.permits, metadata.occurredAt), granted: false },
    });
  };
  const grant = (
    executionId: ExecutionId,
    { data, metadata }: Extract<RecordedEvent, { type: 'PermitsGranted' }>,
  ): void => {
    const { requestedAt } = data;
    const request = asked.get(executionId);
    if (request) asked.set(executionId, { ...request, granted: true });
    else granted.set(executionId, { executionId, requestedAt });
    hurried.delete(executionId);
    for (const { key, withinMs } of data.counted) {
      const until = plusMs(metadata.occurredAt, withinMs);
      counted.push({ key, executionId, requestedAt, until });
    }
  };
  /** Once those before it are gone, nothing else says how long they may have waited. */
  const hurry = ({ data }: Extract<RecordedEvent, { type: 'WorkflowCancelled' }>): void => {
    const { supersededBy, burstEndsBy } = data;
    if (supersededBy === undefined || burstEndsBy === undefined) return;
    const executionId = supersededBy as ExecutionId; // the index gave it
    const request = asked.get(executionId);
    if (request?.debounced) {
      const latestAt = soonest(burstEndsBy, request.debounced.latestAt);
      asked.set(executionId, { ...request, debounced: { ...request.debounced, latestAt } });
    } else if (!granted.has(executionId))
      hurried.set(executionId, soonest(burstEndsBy, hurried.get(executionId)));
  };

  return {
    add: (executionId, event) => {
      if (event.type === 'PermitsRequested') ask(executionId, event);
      else if (event.type === 'PermitsGranted') grant(executionId, event);
      else if (event.type === 'WorkflowCancelled') hurry(event);
      else if (givesUpPlace(event)) drop(executionId);
    },
    drop,
    changes: () => ({
      asked: [...asked.values()],
      granted: [...granted.values()],
      hurried: [...hurried].map(([executionId, latestAt]) => ({ executionId, latestAt })),
      ...{ counted, gone: [...gone] },
    }),
  };
};
