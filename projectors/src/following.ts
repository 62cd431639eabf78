import { setTimeout as sleep } from 'node:timers/promises';

import type { EventLog, RecordedBatch } from '@studio/contracts';

import type { Pace } from './pace.ts';
import type { Writer } from './writer.ts';

export interface FollowingParts {
  readonly log: EventLog;
  readonly writer: Writer;
  readonly types: readonly string[];
  /** What it is called among the subscribers of the log. */
  readonly subscriber: string;
  readonly pace: Pace;
  readonly stopping: AbortSignal;
  /** Writes, idle moves and retries take turns. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Everything up to here is in the rows. */
  readonly reached: (position: bigint) => void;
  /** Resolves once somebody waits for a position to be reached, at the latest after so many milliseconds. */
  readonly awaitedWithin: (ms: number) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
  /** The checkpoint as the database has it. */
  readonly stored: () => Promise<bigint>;
}

/**
 * Commits here do not wait for the disk: a database that was killed comes back without the last of
 * them. Whoever still believes in rows that are gone must read the log again from the checkpoint.
 */
const lookForLossMs = 1_000;

const watchForLoss = (parts: FollowingParts, lost: AbortController): NodeJS.Timeout => {
  const { writer, inTurn, stored, onTrouble } = parts;
  const look = async (): Promise<void> => {
    if (!lost.signal.aborted && (await stored()) < writer.checkpoint()) lost.abort();
  };
  return setInterval(() => void inTurn(look).catch(onTrouble), lookForLossMs);
};

const maxEventsAWrite = 4_000;
/** A batch that gains little by growing further, such as a page of the log that is caught up with. */
const largeBatch = 1_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined); // aborted: the caller looks

/** Moves the checkpoint past events that changed no row, now and then. */
const startIdleMoves = (parts: FollowingParts, lost: AbortController) => {
  const { writer, inTurn, pace, onTrouble } = parts;
  let seen = 0n;
  let timer: NodeJS.Timeout | null = null;
  const move = async (): Promise<void> => {
    timer = null;
    if (lost.signal.aborted || writer.checkpoint() >= seen) return;
    if (!(await writer.write([], seen))) lost.abort();
  };
  return {
    past: (position: bigint): void => {
      seen = position;
      timer ??= setTimeout(() => void inTurn(move).catch(onTrouble), pace.betweenIdleMoves);
    },
    end: (): void => {
      if (timer) clearTimeout(timer);
    },
  };
};

/** False: another writer has moved the checkpoint. */
const writeBatch = async (
  { writer, inTurn, reached }: FollowingParts,
  { events, upTo }: RecordedBatch,
): Promise<boolean> => {
  for (let start = 0; start < events.length; start += maxEventsAWrite) {
    const chunk = events.slice(start, start + maxEventsAWrite);
    const isLast = start + maxEventsAWrite >= events.length;
    const to = isLast ? upTo : (chunk.at(-1)?.position ?? upTo);
    if (!(await inTurn(() => writer.write(chunk, to)))) return false;
    reached(to);
  }
  return true;
};

/** Lets more events gather while they keep coming; the first after a silence is not held up. */
const createBreath = (
  { pace, awaitedWithin }: FollowingParts,
  signal: AbortSignal,
): (() => Promise<void>) => {
  let writtenAt = -Infinity;
  const early = (between: number): number => writtenAt + between - performance.now();
  return async () => {
    if (early(pace.betweenWrites) > 0) await pause(early(pace.betweenWrites), signal);
    const unawaited = early(pace.betweenUnawaitedWrites);
    if (unawaited > 0 && !signal.aborted) await awaitedWithin(unawaited);
    writtenAt = performance.now();
  };
};

/** Follows the log from the writer's checkpoint until stopped or overtaken. */
export const follow = async (parts: FollowingParts): Promise<void> => {
  const { log, writer, types, subscriber, reached } = parts;
  const lost = new AbortController();
  const signal = AbortSignal.any([parts.stopping, lost.signal]);
  const idleMoves = startIdleMoves(parts, lost);
  const breath = createBreath(parts, signal);
  const lossWatch = watchForLoss(parts, lost);
  try {
    const range = { after: writer.checkpoint(), filter: { types }, signal, subscriber };
    for await (const batch of log.subscribe(range, 'sealed')) {
      if (!(await writeBatch(parts, batch))) return;
      reached(batch.upTo);
      if (batch.events.length === 0) idleMoves.past(batch.upTo);
      else if (batch.events.length < largeBatch) await breath();
      if (signal.aborted) return; // aborted while we wrote: ask for no more
    }
  } finally {
    idleMoves.end();
    clearInterval(lossWatch);
  }
};
