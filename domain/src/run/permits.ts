import type { ExecutionEvent, Permit, RunLimit } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { fold } from './evolve.ts';
import { cancelledBy } from './people.ts';
import { isOver, type Run } from './run.ts';
import { consequencesOf } from './settle.ts';

/** True when the run has to say now which permits it needs. */
export const wantsPermits = (
  run: Run,
): run is Run & { readonly permits: { readonly limits: readonly RunLimit[] } } =>
  !isOver(run) && !run.paused && run.startsAt === null && run.permits?.status === 'wanted';

export const requestPermits = (
  run: Run,
  { permits }: Order<'RequestPermits'>,
): ExecutionEvent[] => {
  if (!wantsPermits(run)) return [];
  const { priority } = run;
  return [{ type: 'PermitsRequested', data: { priority, permits: [...permits] } }];
};

/** True while the run waits for what that fact asked for. */
const waitsBy = (run: Run, requestedAt: number): boolean =>
  !isOver(run) && run.permits?.status === 'requested' && run.permits.at === requestedAt;

/** What this start counts for: the limits on how many begin within a time. */
const countedOf = (permits: readonly Permit[]): { key: string; withinMs: number }[] =>
  permits.flatMap(({ key, withinMs }) => (withinMs === undefined ? [] : [{ key, withinMs }]));

export const grantPermits = (
  run: Run,
  { requestedAt }: Order<'GrantPermits'>,
): ExecutionEvent[] => {
  const { permits, instances } = run;
  if (permits?.status !== 'requested' || !waitsBy(run, requestedAt)) return [];
  const granted: ExecutionEvent = {
    type: 'PermitsGranted',
    data: {
      ...{ requestedAt, counted: countedOf(permits.permits) },
      ...(instances.size === 0 && run.rewinds === 0 ? { begins: true as const } : {}),
    },
  };
  return [granted, ...consequencesOf(fold(run, [granted]))];
};

/** Of a burst one run begins: the others end, and say which one that is. */
export const supersede = (
  run: Run,
  { requestedAt, by, burstEndsBy }: Order<'SupersedeRun'>,
): ExecutionEvent[] => {
  if (!waitsBy(run, requestedAt)) return [];
  const reason = `The execution ${by}, which was started later, begins in its place`;
  return cancelledBy(run, {
    ...{ reason, supersededBy: by },
    ...(burstEndsBy === null ? {} : { burstEndsBy }),
  });
};

/** Nobody can say which runs it would have to wait for. */
export const breakStart = (run: Run, { error }: Order<'BreakStart'>): ExecutionEvent[] => {
  if (!wantsPermits(run)) return [];
  const { code, message } = error;
  return [{ type: 'WorkflowFailed', data: { instanceId: null, code, message } }];
};
