import {
  type DueTimer,
  type EngineIndex,
  type ExecutionId,
  type IndexChanges,
  shardOf,
} from '@studio/contracts';

import { createChildRows } from './childRows.ts';
import type { Machine } from './machine.ts';

interface TimerRow extends DueTimer {
  readonly dueAt: string;
}

/** The engine's index, in memory: what one statement does in Postgres happens in one piece here. */
export interface IndexRows extends EngineIndex {
  /** Moves the checkpoint alone; false when it no longer stood at `from`. */
  move(from: bigint, to: bigint): boolean;
  /** Writes rows alone. */
  write(changes: IndexChanges): void;
  /** What the rows say now. */
  seen(): { readonly checkpoint: bigint; readonly open: readonly ExecutionId[] };
}

const keyOf = ({ executionId, timerId }: DueTimer): string => `${executionId} ${timerId}`;

export const createIndexRows = (now: () => string): IndexRows => {
  const open = new Set<ExecutionId>();
  const timers = new Map<string, TimerRow>();
  const children = createChildRows();
  let checkpoint = 0n;

  const dropTimersOf = (gone: ReadonlySet<ExecutionId>): void => {
    for (const [key, { executionId }] of timers) if (gone.has(executionId)) timers.delete(key);
  };
  const write = (changes: IndexChanges): void => {
    children.change(changes.children, open);
    for (const { executionId } of changes.opened) open.add(executionId);
    for (const executionId of changes.ended) open.delete(executionId);
    dropTimersOf(new Set([...changes.ended, ...changes.failing]));
    for (const timer of changes.timersGone) timers.delete(keyOf(timer));
    for (const timer of changes.timersSet) timers.set(keyOf(timer), timer);
  };
  const move = (from: bigint, to: bigint): boolean => {
    if (checkpoint !== from) return false;
    checkpoint = to;
    return true;
  };
  const within = (shards: readonly number[], executionId: ExecutionId): boolean =>
    shards.includes(shardOf(executionId));

  return {
    move,
    write,
    seen: () => ({ checkpoint, open: [...open] }),
    checkpoint: async () => checkpoint,
    apply: async (changes, from, to) => {
      if (!move(from, to)) return false;
      write(changes);
      return true;
    },
    openRuns: async (shards) => [...open].filter((id) => within(shards, id)),
    unpausedRuns: async (shards, { after, limit }) =>
      [...open]
        .filter((id) => within(shards, id) && id > after)
        .sort()
        .slice(0, limit),
    due: async (shards, limit) => {
      const known = [...timers.values()]
        .filter(({ executionId }) => within(shards, executionId))
        .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
      const next = known.find(({ dueAt }) => dueAt > now());
      return {
        timers: known.filter(({ dueAt }) => dueAt <= now()).slice(0, limit),
        now: now(),
        nextInMs: next ? Date.parse(next.dueAt) - Date.parse(now()) : null,
      };
    },
    dueSchedules: async () => ({ schedules: [], now: now(), nextInMs: null }),
    openRunsOf: async () => [],
    haltOrders: async () => [],
    eventFirings: async () => ({ firings: [], some: false }),
    passFiring: async () => undefined,
    childOrders: async (shards, limit) => children.orders(shards, limit),
    reset: async () => {
      open.clear();
      timers.clear();
      children.clear();
      checkpoint = 0n;
    },
  };
};

/** The same index as one machine reaches it. */
export const remoteIndex = (index: EngineIndex, machine: Machine): EngineIndex => ({
  checkpoint: () => machine.ask(() => index.checkpoint()),
  apply: (changes, from, to) => machine.ask(() => index.apply(changes, from, to)),
  openRuns: (shards) => machine.ask(() => index.openRuns(shards)),
  unpausedRuns: (shards, page) => machine.ask(() => index.unpausedRuns(shards, page)),
  due: (shards, limit) => machine.ask(() => index.due(shards, limit)),
  dueSchedules: (shards, limit) => machine.ask(() => index.dueSchedules(shards, limit)),
  haltOrders: (shards, limit) => machine.ask(() => index.haltOrders(shards, limit)),
  childOrders: (shards, limit) => machine.ask(() => index.childOrders(shards, limit)),
  eventFirings: (shards, limit) => machine.ask(() => index.eventFirings(shards, limit)),
  passFiring: (firing) => machine.ask(() => index.passFiring(firing)),
  openRunsOf: (scheduleId) => machine.ask(() => index.openRunsOf(scheduleId)),
  reset: () => machine.ask(() => index.reset()),
});
