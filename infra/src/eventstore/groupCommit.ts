import { setTimeout as sleep } from 'node:timers/promises';

import type { StudioError } from '@studio/contracts';

import type { BatchAnswer } from './appendBatch.ts';
import type { AppendConnection } from './appendConnection.ts';
import { verdictOf } from './databaseErrors.ts';
import { createPace } from './pace.ts';
import type { PreparedAppend } from './preparedAppend.ts';
import { logUnavailable, outcomeUnknown } from './unavailable.ts';

/** What the log said of one append. */
export type AppendAnswer =
  | { readonly accepted: true; readonly firstPosition: bigint }
  | { readonly accepted: false; readonly foundRevision: number };

export interface GroupCommitOptions {
  /** At most one batch is in flight on each. */
  readonly connections: readonly AppendConnection[];
  readonly maxBatchAppends: number;
  readonly maxBatchBytes: number;
  /** Bytes that may wait; more is refused with `log.unavailable`. */
  readonly maxQueuedBytes: number;
  /** How long an append is retried while the log cannot be reached. */
  readonly patienceMs: number;
  /** Told of every committed batch before its callers are, and whether others are under way. */
  readonly onCommitted: (
    accepted: readonly PreparedAppend[],
    firstPosition: bigint,
    moreComing: boolean,
  ) => void;
  readonly onTrouble: (error: unknown) => void;
}

export interface GroupCommit {
  /** Errors: `append.outcome_unknown`, `log.unavailable`. */
  submit(append: PreparedAppend): Promise<AppendAnswer>;
}

interface Waiting {
  readonly append: PreparedAppend;
  readonly giveUpAt: number;
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** A try of it may have been committed. */
  doubtful: boolean;
}

class Failed {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}
const failed = (error: unknown): Failed => new Failed(error);

const firstBackoffMs = 25;
const longestBackoffMs = 1_000;

/** Collects the appends of concurrent callers into batches, each committed in one round trip. */
export const createGroupCommit = (options: GroupCommitOptions): GroupCommit => {
  const free = [...options.connections];
  const underWay = new Set<string>(); // streams with an append in flight
  const isBusy = createPace();
  let queue: Waiting[] = [];
  let queuedBytes = 0;
  let scheduled = false;

  /** Everything that waits, or half of what is about when two batches overlap. */
  const mostAppends = (): number => {
    const share = isBusy() ? Math.ceil((queue.length + underWay.size) / 2) : queue.length;
    return Math.min(share, options.maxBatchAppends);
  };

  /** The oldest that fit together; at most one of a stream, and none of a stream in flight, so that a stream's appends keep their order. */
  const takeBatch = (): Waiting[] => {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    const passedOver = new Set<string>();
    const most = mostAppends();
    let bytes = 0;
    for (const waiting of queue) {
      const { stream, bytes: size } = waiting.append;
      const full =
        batch.length >= most || (batch.length > 0 && bytes + size > options.maxBatchBytes);
      if (full || underWay.has(stream) || passedOver.has(stream)) {
        passedOver.add(stream);
        left.push(waiting);
        continue;
      }
      underWay.add(stream);
      bytes += size;
      batch.push(waiting);
    }
    queue = left;
    queuedBytes -= bytes;
    return batch;
  };

  const answer = (batch: readonly Waiting[], said: BatchAnswer): void => {
    const accepted = batch.filter((_, index) => said.accepted[index] === true);
    if (accepted.length > 0)
      options.onCommitted(
        accepted.map(({ append }) => append),
        said.lastPosition + 1n,
        options.connections.length - free.length > 1,
      );
    let firstPosition = said.lastPosition + 1n;
    batch.forEach((waiting, index) => {
      if (said.accepted[index] !== true) {
        waiting.resolve({ accepted: false, foundRevision: said.foundRevisions[index] ?? -1 });
        return;
      }
      waiting.resolve({ accepted: true, firstPosition });
      firstPosition += BigInt(waiting.append.events.length);
    });
  };

  const giveUp = ({ doubtful, reject }: Waiting, cause: unknown): void => {
    const error: StudioError = doubtful ? outcomeUnknown(cause) : logUnavailable(cause);
    reject(error);
  };

  /** Those that may be tried again; the others are answered with their error. */
  const afterFailure = (batch: readonly Waiting[], error: unknown): Waiting[] => {
    const verdict = verdictOf(error);
    const now = performance.now();
    return batch.filter((waiting) => {
      waiting.doubtful ||= verdict === 'unknown';
      if (verdict === 'broken') waiting.reject(error);
      else if (now >= waiting.giveUpAt) giveUp(waiting, error);
      else return true;
      return false;
    });
  };

  const commit = async (connection: AppendConnection, batch: readonly Waiting[]): Promise<void> => {
    let left = [...batch];
    let backoffMs = firstBackoffMs;
    while (left.length > 0) {
      const said = await connection.commit(left.map(({ append }) => append)).catch(failed);
      if (!(said instanceof Failed)) {
        answer(left, said);
        return;
      }
      options.onTrouble(said.error);
      left = afterFailure(left, said.error);
      if (left.length > 0) await sleep(backoffMs * (0.5 + Math.random()));
      backoffMs = Math.min(backoffMs * 2, longestBackoffMs);
    }
  };

  const run = async (connection: AppendConnection, batch: readonly Waiting[]): Promise<void> => {
    await commit(connection, batch);
    for (const { append } of batch) underWay.delete(append.stream);
    free.push(connection);
    if (queue.length > 0) schedule();
  };

  const flush = (): void => {
    scheduled = false;
    while (queue.length > 0) {
      if (underWay.size > 0 && !isBusy()) return; // goes with the next batch
      const connection = free.pop();
      if (!connection) return;
      const batch = takeBatch();
      if (batch.length === 0) {
        free.push(connection);
        return;
      }
      void run(connection, batch); // never rejects: every failure is some caller's answer
    }
  };

  /** Waits for the end of this turn of the event loop, so that callers woken together go together. */
  const schedule = (): void => {
    if (scheduled || free.length === 0) return;
    scheduled = true;
    setImmediate(flush);
  };

  return {
    submit: (append) =>
      new Promise((resolve, reject) => {
        if (queuedBytes + append.bytes > options.maxQueuedBytes) {
          reject(logUnavailable(new Error(`${queuedBytes} bytes wait to be appended`)));
          return;
        }
        const giveUpAt = performance.now() + options.patienceMs;
        queue.push({ append, giveUpAt, resolve, reject, doubtful: false });
        queuedBytes += append.bytes;
        schedule();
      }),
  };
};
