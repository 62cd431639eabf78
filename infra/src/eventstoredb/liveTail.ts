import { setTimeout as sleep } from 'node:timers/promises';

import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from '@studio/contracts';

import {
  createLevelReader,
  type LevelReader,
  type ReaderBounds,
} from '../eventstore/levelReader.ts';
import type { LevelSource } from '../eventstore/subscription.ts';
import type { Grpc, ReadCall } from './grpc.ts';
import { asError } from './reading.ts';
import { followRequest } from './readRequests.ts';
import { positionOf, type Recorded, type Space } from './space.ts';

export interface LiveTailOptions {
  readonly grpc: Grpc;
  readonly space: Space;
  /** Position of the log's last event when the tail is made, or of its founding. */
  readonly end: bigint;
  readonly bounds?: ReaderBounds;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * The one subscription of this process, handed to every level subscriber. The server drops a subscriber that is slow
 * while live, so what comes is taken at once and kept in the bounded buffers of the readers; one whose buffer is full
 * is cut off and reads pages. Nobody listening, nothing is followed.
 */
export interface LiveTail extends LevelSource {
  close(): void;
}

const defaultBounds: ReaderBounds = { maxEvents: 2_048, maxCharacters: 8 * 1024 * 1024 };
const firstBackoffMs = 50;
const longestBackoffMs = 2_000;

/** Hands on what comes over the call, many at a time; resolves when it was ended on purpose. */
const listen = (call: ReadCall, take: (recorded: readonly Recorded[]) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    let pending: Recorded[] = [];
    const flush = (): void => {
      const taken = pending;
      pending = [];
      try {
        if (taken.length > 0) take(taken);
      } catch (error) {
        reject(asError(error)); // `log.corrupt`
        call.cancel();
      }
    };
    call.on('data', (response: ReadResp) => {
      const recorded = response.getEvent()?.getEvent();
      if (!recorded) return; // it was confirmed, or has caught up
      if (pending.push(recorded) === 1) setImmediate(flush);
    });
    call.on('error', (error) => {
      flush();
      reject(error);
    });
    call.on('end', () => {
      flush();
      resolve();
    });
  });

export const createLiveTail = (options: LiveTailOptions): LiveTail => {
  const { grpc, space, bounds = defaultBounds, onTrouble } = options;
  const readers = new Set<LevelReader>();
  /** Position of the last event of this log that was handed out, or known when nobody listened. */
  let handedOut = options.end;
  /** Position of the last event of any kind that came. */
  let seenTo = options.end;
  let call: ReadCall | null = null;
  let running = false;
  let closed = false;

  const take = (recorded: readonly Recorded[]): void => {
    const events: StoredEvent[] = [];
    for (const one of recorded) {
      const event = space.eventOf(one);
      if (event) events.push(event);
      seenTo = positionOf(one);
    }
    const last = events.at(-1);
    if (!last) return;
    handedOut = last.position;
    for (const reader of readers) if (!reader.push(events, last.position)) readers.delete(reader);
  };

  const wanted = (): boolean => !closed && readers.size > 0;

  const followOnce = async (): Promise<void> => {
    const opened = await grpc.read(followRequest(seenTo));
    call = opened;
    const listening = listen(opened, take);
    if (!wanted()) opened.cancel();
    try {
      await listening;
    } finally {
      call = null;
    }
  };

  const follow = async (): Promise<void> => {
    if (running) return;
    running = true;
    let backoffMs = firstBackoffMs;
    while (wanted()) {
      const before = seenTo;
      await followOnce().catch((error: unknown) => {
        if (wanted()) onTrouble(error); // else it was cancelled
      });
      backoffMs = seenTo > before ? firstBackoffMs : Math.min(backoffMs * 2, longestBackoffMs);
      if (wanted()) await sleep(backoffMs * (0.5 + Math.random()));
    }
    running = false;
  };

  const stopUnheard = (): void => {
    if (!wanted()) call?.cancel();
  };

  return {
    attach: (after, matches) => {
      if (closed || after < handedOut) return null;
      if (!running) handedOut = seenTo = after;
      const reader = createLevelReader(after, matches, bounds);
      readers.add(reader);
      void follow(); // its failures are told to onTrouble
      return reader;
    },
    detach: (reader) => {
      readers.delete(reader);
      reader.end();
      stopUnheard();
    },
    close: () => {
      closed = true;
      for (const reader of readers) reader.end();
      readers.clear();
      stopUnheard();
    },
  };
};
