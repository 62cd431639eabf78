import { setTimeout as sleep } from 'node:timers/promises';

import type { EventLog } from '@studio/contracts';
import { type Database, type Generation, readCheckpoint } from '@studio/infra';

import { eventTypesOf, type Projection } from './projection.ts';
import { createWriter, type Writer } from './writer.ts';

export interface FollowerParts {
  readonly pool: Database;
  readonly log: EventLog;
  readonly projection: Projection;
  readonly generation: Generation;
  /** Told of failures that are tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly pace?: Partial<Pace>;
}

/** All in milliseconds. */
export interface Pace {
  /** Shortest time between two writes while events keep coming: larger batches cost less. An idle follower writes at once. */
  readonly betweenWrites: number;
  /** How long a checkpoint may stay behind events that concern other projections. */
  readonly betweenIdleMoves: number;
  /** How often a follower that stands by looks at the checkpoint. */
  readonly standbyLook: number;
  /** A checkpoint that stood still behind the log for so long is taken over. */
  readonly standbyPatience: number;
}

const defaultPace: Pace = {
  betweenWrites: 15,
  betweenIdleMoves: 100,
  standbyLook: 500,
  standbyPatience: 3_000,
};

const maxEventsAWrite = 4_000;

export type FollowerState = 'following' | 'standing_by' | 'retired';

/** Keeps one generation of a projection level with the log. */
export interface Follower {
  readonly generation: Generation;
  readonly state: () => FollowerState;
  /** Everything up to it is in the rows. */
  readonly position: () => bigint;
  readonly parkedStreams: () => number;
  /** True once everything up to `position` is in the rows; false when the time is over. */
  waitFor(position: bigint, timeoutMs: number): Promise<boolean>;
  /** Tries parked streams again, in turn with the writes. */
  retryParked(): Promise<void>;
  /** Finishes the write under way. */
  stop(): Promise<void>;
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined); // aborted: the caller looks

export const startFollower = (parts: FollowerParts): Follower => {
  const { pool, log, projection, generation, onTrouble } = parts;
  const pace = { ...defaultPace, ...parts.pace };
  const checkpointId = { name: projection.name, generation: generation.name };
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  let state: FollowerState = 'standing_by';
  let position = 0n;
  let writer: Writer | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const rouse = (): void => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const reached = (next: bigint): void => {
    if (next <= position) return;
    position = next;
    rouse();
  };
  const become = (next: FollowerState): void => {
    state = next;
    rouse();
  };
  /** Writes, idle moves and retries take turns. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined); // the caller hears of it
    return result;
  };

  /** Moves the checkpoint past events that changed no row, now and then. */
  const idleMover = (to: Writer, lost: AbortController) => {
    let timer: NodeJS.Timeout | null = null;
    const move = (): Promise<void> =>
      inTurn(async () => {
        timer = null;
        if (lost.signal.aborted || to.checkpoint() >= position) return;
        if (!(await to.write([], position))) lost.abort();
      }).catch(onTrouble);
    return {
      later: () => (timer ??= setTimeout(() => void move(), pace.betweenIdleMoves)),
      end: () => void (timer && clearTimeout(timer)),
    };
  };

  /** Follows the log until stopped or overtaken. */
  const follow = async (from: bigint): Promise<void> => {
    const lost = new AbortController();
    const signal = AbortSignal.any([stopping.signal, lost.signal]);
    const current = await createWriter({ pool, log, projection, generation }, from);
    const mover = idleMover(current, lost);
    writer = current;
    reached(from);
    if (!(await inTurn(() => current.retryParked()))) return;
    become('following');
    const filter = { types: eventTypesOf(projection) };
    let writtenAt = -Infinity;
    try {
      for await (const { events, upTo } of log.subscribe(
        { after: from, filter, signal },
        'sealed',
      )) {
        for (let start = 0; start < events.length; start += maxEventsAWrite) {
          const chunk = events.slice(start, start + maxEventsAWrite);
          const isLast = start + maxEventsAWrite >= events.length;
          const to = isLast ? upTo : (chunk.at(-1)?.position ?? upTo);
          if (!(await inTurn(() => current.write(chunk, to)))) return;
          reached(to);
        }
        reached(upTo);
        if (events.length === 0) mover.later();
        else {
          const early = writtenAt + pace.betweenWrites - performance.now();
          if (early > 0) await pause(early, signal);
          writtenAt = performance.now();
        }
        if (signal.aborted) return; // aborted while we wrote: ask for no more
      }
    } finally {
      mover.end();
      writer = null;
    }
  };

  /** Looks on while another process writes; answers when its checkpoint stands still behind the log. */
  const standBy = async (): Promise<void> => {
    become('standing_by');
    let last = -1n;
    for (let stillMs = 0; !stopping.signal.aborted;) {
      await pause(pace.standbyLook, stopping.signal);
      const now = await readCheckpoint(pool, checkpointId);
      if (now === null) return;
      const stuck = now === last && now < (await log.lastPosition());
      stillMs = stuck ? stillMs + pace.standbyLook : 0;
      last = now;
      reached(now);
      if (stillMs >= pace.standbyPatience) return;
    }
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        const from = await readCheckpoint(pool, checkpointId);
        if (from === null) { become('retired'); return; }
        await follow(from);
        if (!stopping.signal.aborted) await standBy();
        failures = 0;
      } catch (error) {
        onTrouble(error);
        become('standing_by');
        failures += 1;
        await pause(Math.min(100 * 2 ** failures, 5_000), stopping.signal);
      }
    }
  };
  const running = run();

  return {
    generation,
    state: () => state,
    position: () => position,
    parkedStreams: () => writer?.parkedCount() ?? 0,
    waitFor: async (wanted, timeoutMs) => {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        if (position >= wanted) return true;
        const leftMs = deadline - performance.now();
        if (leftMs <= 0 || stopping.signal.aborted) return false;
        if (state === 'following') await wakeOrTimeout(waiting, leftMs);
        else {
          await pause(Math.min(20, leftMs));
          reached((await readCheckpoint(pool, checkpointId)) ?? 0n);
        }
      }
    },
    retryParked: () =>
      inTurn(async () => {
        await writer?.retryParked();
      }),
    stop: async () => {
      stopping.abort();
      rouse();
      await running;
      await turn;
    },
  };
};

const wakeOrTimeout = (waiting: Set<() => void>, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      waiting.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    waiting.add(wake);
  });
