import { createFairLine, type InLine } from './fairLine.ts';

/** A bound on the effects in flight in this process; workspaces share the places by their weights. */
export interface Slots {
  /** True when a place was free for the run; it is taken until `release`. */
  take(run: InLine): boolean;
  release(): void;
  /** Places that runs of the workspace may take now: those that were offered to another one are not among them. */
  free(workspaceId: string): number;
  /** Calls back once, when a place is offered to the run; it takes it, or says that it needs it not. */
  whenFree(run: InLine, retry: () => void): void;
  /** Gives up its place in the line and what was offered to it, and lets the next one have its turn. */
  passOn(key: string): void;
  /** Gives up what was offered to it, and goes on waiting. */
  decline(key: string): void;
}

const equally = (): number => 1;

/** @param weightOf Of two workspaces that both wait, the one of weight 2 gets two places for each of the other. */
export const createSlots = (
  limit: number,
  weightOf: (workspaceId: string) => number = equally,
): Slots => {
  let taken = 0;
  const line = createFairLine(weightOf);
  const waiting = new Map<string, () => void>();
  /** Places that were offered and neither taken nor given up, by run: no other workspace gets in between. */
  const offered = new Map<string, string>();

  const offeredToOthers = (workspaceId: string): number => {
    let others = 0;
    for (const each of offered.values()) if (each !== workspaceId) others += 1;
    return others;
  };
  const wakeNext = (not?: string): void => {
    if (taken + offered.size >= limit) return;
    const next = line.next(not);
    if (!next) return;
    const retry = waiting.get(next.key);
    line.leave(next.key);
    waiting.delete(next.key);
    offered.set(next.key, next.workspaceId);
    retry?.();
  };
  const free = (workspaceId: string): number => limit - taken - offeredToOthers(workspaceId);

  return {
    free,
    take: ({ key, workspaceId }) => {
      if (free(workspaceId) <= 0) return false;
      taken += 1;
      offered.delete(key);
      line.served(workspaceId);
      return true;
    },
    release: () => {
      taken -= 1;
      wakeNext();
    },
    whenFree: (run, retry) => {
      line.join(run);
      waiting.set(run.key, retry);
    },
    passOn: (key) => {
      line.leave(key);
      waiting.delete(key);
      offered.delete(key);
      wakeNext();
    },
    decline: (key) => {
      if (offered.delete(key)) wakeNext(key);
    },
  };
};
