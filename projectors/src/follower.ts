import { setTimeout as sleep } from 'node:timers/promises';

import type { EventLog } from '@studio/contracts';
import { type Database, type Generation, readCheckpoint } from '@studio/infra';

import { follow } from './following.ts';
import { defaultPace, type Pace } from './pace.ts';
import { eventTypesOf, type Projection } from './projection.ts';
import { createReach } from './reach.ts';
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

const longestBackoffMs = 5_000;

export const startFollower = (parts: FollowerParts): Follower => {
  const { pool, log, projection, generation, onTrouble } = parts;
  const pace: Pace = { ...defaultPace, ...parts.pace };
  const checkpointId = { name: projection.name, generation: generation.name };
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  const reach = createReach(stopping.signal);
  let state: FollowerState = 'standing_by';
  let writer: Writer | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const pause = (ms: number): Promise<void> =>
    sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined); // aborted: the caller looks
  const become = (next: FollowerState): void => {
    state = next;
    reach.rouse();
  };
  const stored = async (): Promise<bigint> => (await readCheckpoint(pool, checkpointId)) ?? 0n;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined); // the caller hears of it
    return result;
  };

  /** Writes from a checkpoint on, until stopped or overtaken. */
  const writeFrom = async (from: bigint): Promise<void> => {
    const current = await createWriter({ pool, log, projection, generation }, from);
    writer = current;
    reach.startsAt(from);
    try {
      if (!(await inTurn(() => current.retryParked()))) return;
      become('following');
      const types = eventTypesOf(projection);
      const { reached, awaitedWithin } = reach;
      await follow({
        subscriber: `projection ${projection.name} ${generation.name}`,
        ...{ log, writer: current, types, pace, inTurn, reached, awaitedWithin, onTrouble, stored },
        stopping: stopping.signal,
      });
    } finally {
      writer = null;
    }
  };

  /** Looks on while another process writes; answers when its checkpoint stands still behind the log. */
  const standBy = async (): Promise<void> => {
    become('standing_by');
    let last = -1n;
    for (let stillMs = 0; !stopped() && stillMs < pace.standbyPatience;) {
      await pause(pace.standbyLook);
      const now = await readCheckpoint(pool, checkpointId);
      if (now === null) return;
      const stuck = now === last && now < (await log.lastPosition());
      stillMs = stuck ? stillMs + pace.standbyLook : 0;
      last = now;
      reach.reached(now);
    }
  };

  /** False: the generation is gone. */
  const work = async (): Promise<boolean> => {
    const from = await readCheckpoint(pool, checkpointId);
    if (from === null) return false;
    await writeFrom(from);
    if (!stopped()) await standBy();
    return true;
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !stopped();)
      try {
        if (!(await work())) break;
        failures = 0;
      } catch (error) {
        onTrouble(error);
        become('standing_by');
        failures += 1;
        await pause(Math.min(100 * 2 ** failures, longestBackoffMs));
      }
    become('retired');
  };
  const running = run();

  return {
    generation,
    state: () => state,
    position: () => reach.position(),
    parkedStreams: () => writer?.parkedCount() ?? 0,
    waitFor: (position, timeoutMs) =>
      reach.waitFor(position, timeoutMs, () => (state === 'following' ? null : stored)),
    retryParked: () =>
      inTurn(async () => {
        await writer?.retryParked();
      }),
    stop: async () => {
      stopping.abort();
      reach.rouse();
      await running;
      await turn;
    },
  };
};
