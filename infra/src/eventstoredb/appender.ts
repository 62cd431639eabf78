import { setTimeout as sleep } from 'node:timers/promises';

import { ConflictError, type EventStore, type Head, type StreamName } from '@studio/contracts';

import { earlierOutcome } from '../eventstore/earlierOutcome.ts';
import { prepareAppend, type PreparedAppend } from '../eventstore/preparedAppend.ts';
import { outcomeUnknown } from '../eventstore/unavailable.ts';
import type { AppendAnswer } from './appendAnswer.ts';
import type { SendAppend } from './appendCalls.ts';
import { createDoubtfulAppends } from './doubtfulAppends.ts';
import { asPortError, corrupt, deletedUnderUs, mayPass, verdictOf } from './failures.ts';
import { createKnownHeads } from './knownHeads.ts';
import type { StreamPages } from './streamPages.ts';

export interface AppenderOptions {
  readonly send: SendAppend;
  readonly nameOf: (stream: string) => string;
  readonly streams: StreamPages;
  /** Position of an event that lay in the log before the first append. */
  readonly end: bigint;
  /** How long an append is tried again. */
  readonly patienceMs: number;
  readonly onTrouble: (error: unknown) => void;
}

export interface Appender {
  append: EventStore['append'];
  /** Resolves when every append under way is answered. */
  idle(): Promise<void>;
}

type Accepted = Extract<AppendAnswer, { accepted: true }>;

const firstBackoffMs = 50;
const longestBackoffMs = 1_000;

/** What is thrown once no further try is made; `written` when one of them may have gone through. */
const giveUp = (error: unknown, stream: StreamName, written: boolean): unknown =>
  written && mayPass(verdictOf(error)) ? outcomeUnknown(error) : asPortError(error, stream);

/**
 * Appends, and tries again with the same ids while the server cannot be reached. The server answers an append that it
 * has already as it did the first time, by ids alone and without a look at the bytes: before such an answer is passed
 * on, what was written is read.
 */
export const createAppender = (options: AppenderOptions): Appender => {
  const { send, nameOf, streams, patienceMs, onTrouble } = options;
  const heads = createKnownHeads();
  const doubtful = createDoubtfulAppends();
  const underWay = new Set<Promise<Head>>();
  /** The log is known to reach at least to here, so that an answer from before it is an earlier append's. */
  let end = options.end;

  const earlier = async (append: PreparedAppend): Promise<Head | null> => {
    const head = await earlierOutcome(streams, append);
    if (head) heads.note(append.stream, head);
    return head;
  };

  const fresh = (append: PreparedAppend, { revision, position }: Accepted): Head => {
    const hash = append.events.at(-1)?.hash ?? ''; // a prepared append has at least one event
    if (position > end) end = position;
    heads.note(append.stream, { revision, hash });
    return { revision, hash, position };
  };

  const accepted = async (append: PreparedAppend, answer: Accepted, sure: boolean) => {
    if (answer.revision !== append.expectedRevision + append.events.length)
      throw deletedUnderUs(append.stream); // it went on where a deleted stream had ended
    if (sure) return fresh(append, answer);
    const head = await earlier(append);
    if (head) return head;
    throw corrupt(`${append.stream} does not hold what the server says it appended`);
  };

  const refused = async (append: PreparedAppend, foundRevision: number): Promise<Head> => {
    const { stream, expectedRevision, events } = append;
    const possible = foundRevision >= expectedRevision + events.length;
    const head = possible ? await earlier(append) : null;
    if (head) return head;
    throw new ConflictError(stream, expectedRevision, foundRevision);
  };

  /** The server knows no hashes: one that is not known to this process either is looked up. */
  const checkHash = async (append: PreparedAppend): Promise<void> => {
    if (heads.vouchFor(append)) return;
    const { stream, expectedRevision, expectedHash } = append;
    const [event] = await streams.readStream(stream, { from: expectedRevision, limit: 1 });
    if (event && event.hash === expectedHash) return;
    const head = await streams.head(stream);
    throw new ConflictError(stream, expectedRevision, head?.revision ?? -1);
  };

  const tryOnce = async (append: PreparedAppend, written: boolean): Promise<Head> => {
    await checkHash(append);
    const before = end;
    const answer = await send(nameOf(append.stream), append);
    return answer.accepted
      ? accepted(append, answer, !written && answer.position > before)
      : refused(append, answer.foundRevision);
  };

  const commit = async (append: PreparedAppend): Promise<Head> => {
    const began = performance.now();
    let written = doubtful.has(append);
    for (let backoffMs = firstBackoffMs; ; backoffMs = Math.min(2 * backoffMs, longestBackoffMs)) {
      const tried = await tryOnce(append, written).catch((error: unknown) => ({ error }));
      if (!('error' in tried)) return tried;
      const verdict = verdictOf(tried.error);
      written ||= verdict === 'unknown';
      if (!mayPass(verdict) || performance.now() - began > patienceMs) {
        if (written) doubtful.add(append);
        throw giveUp(tried.error, append.stream, written);
      }
      onTrouble(tried.error);
      await sleep(backoffMs * (0.5 + Math.random()));
    }
  };

  return {
    append: async (stream, expected, events) => {
      const append = prepareAppend(stream, expected, events);
      const committing = commit(append);
      underWay.add(committing);
      try {
        return await committing;
      } finally {
        underWay.delete(committing);
      }
    },
    idle: async () => {
      await Promise.allSettled(underWay);
    },
  };
};
