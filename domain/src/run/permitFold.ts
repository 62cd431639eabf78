import type { Draft, Fact, Run } from './run.ts';

/** What a run that was started under limits has to have before it goes on. */
export const permitsOf = ({ limits }: Fact<'WorkflowStarted'>): Run['permits'] =>
  limits === undefined || limits.length === 0 ? null : { status: 'wanted', limits };

export const foldRequest = (run: Draft, { permits }: Fact<'PermitsRequested'>): void => {
  run.status = 'pending';
  if (!run.permits) return;
  const { limits } = run.permits;
  run.permits = { status: 'requested', at: run.revision, permits, limits };
};

export const foldGrant = (run: Draft): void => {
  run.status = 'running';
  if (run.permits) run.permits = { status: 'held', limits: run.permits.limits };
};

/** It holds none any more, and has to ask anew. */
export const loseAllPermits = (run: Draft): void => {
  if (run.permits) run.permits = { status: 'wanted', limits: run.permits.limits };
};

/** Who is paused while it waits gives up its place; who holds its permits keeps them. */
export const giveUpPlace = (run: Draft): void => {
  if (run.permits?.status === 'requested') loseAllPermits(run);
};
