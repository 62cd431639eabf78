import {
  type EventBatch,
  type EventStore,
  type FileStorage,
  type StoredEvent,
  StudioError,
} from '@studio/contracts';
import type { ClientConfig, Pool } from 'pg';

import { createPool } from '../postgres/pool.ts';
import { createAppendConnection } from './appendConnection.ts';
import { createAppender } from './appender.ts';
import { type Bell, createBell } from './bell.ts';
import { readError } from './databaseErrors.ts';
import { createGroupCommit } from './groupCommit.ts';
import { createLogPages, type LogPages } from './logPages.ts';
import { type PreparedAppend, storedEvents } from './preparedAppend.ts';
import { subscription } from './subscription.ts';
import { createTail, type Tail } from './tail.ts';
import { storeClosed } from './unavailable.ts';

export interface PostgresEventStoreOptions {
  /** A `postgresql://` URL of a migrated database. */
  readonly url: string;
  /** A statement that runs longer is cancelled by the server; it bounds a wait for the writer lock. */
  readonly statementTimeoutMs?: number;
  /** How long an append is retried while the log cannot be reached. */
  readonly patienceMs?: number;
  /** How often the end of the log is looked up, in case that a NOTIFY was lost. */
  readonly pollMs?: number;
  readonly readConnections?: number;
  /** Where archived events lie; without it reading one is `log.unavailable`. */
  readonly archive?: FileStorage;
  /** Told of every failure that was survived: a lost connection, a page to be read again. */
  readonly onTrouble?: (error: unknown) => void;
}

const batchesInFlight = 2;
const maxBatchAppends = 256;
const maxBatchBytes = 2 * 1024 * 1024;
const maxQueuedBytes = 64 * 1024 * 1024;

/** A plan made while the table was small must still be right when it has grown. */
const plannerOptions = '-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off';

/** A server that does not even cancel a statement so long after its timeout is gone. */
const graceMs = 2_000;

interface PollOptions {
  readonly pollMs: number;
  readonly onTrouble: (error: unknown) => void;
}

const connectionConfig = (url: string, statementTimeoutMs: number): ClientConfig => ({
  connectionString: url,
  application_name: 'studio-log',
  statement_timeout: statementTimeoutMs,
  query_timeout: statementTimeoutMs + graceMs,
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
});

const readStoreId = async (pool: Pool): Promise<string> => {
  const { rows } = await pool.query<{ store_id: string }>('select store_id from log.store');
  if (rows[0]) return rows[0].store_id;
  throw new StudioError('unavailable', 'log.corrupt', 'log.store names no store');
};

/** Every committed batch goes to the level readers of this process, then to other processes. */
const spread =
  (tail: Tail, bell: Bell) =>
  (accepted: readonly PreparedAppend[], first: bigint, moreComing: boolean): void => {
    const count = accepted.reduce((sum, { events }) => sum + events.length, 0);
    const last = first + BigInt(count) - 1n;
    const events = (): StoredEvent[] => {
      let next = first;
      return accepted.flatMap((append) => {
        const stored = storedEvents(append, next);
        next += BigInt(stored.length);
        return stored;
      });
    };
    tail.offer(first, last, events, moreComing);
    bell.ring(last);
  };

/** Asks for the end of the log again and again; one question at a time. */
const startPoll = (pages: LogPages, tail: Tail, options: PollOptions): NodeJS.Timeout => {
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    await pages.lastPosition().then((position) => tail.hint(position), options.onTrouble);
    asking = false;
  };
  return setInterval(() => void ask(), options.pollMs);
};

/** The log in PostgreSQL (ADR 0002). Ends its own connections when it is closed. */
export const createPostgresEventStore = async (
  options: PostgresEventStoreOptions,
): Promise<EventStore> => {
  const onTrouble = options.onTrouble ?? (() => undefined);
  const closing = new AbortController();
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
  const config = connectionConfig(options.url, statementTimeoutMs);
  const pool = createPool({
    url: options.url,
    applicationName: 'studio-log-reader',
    maxConnections: options.readConnections ?? 4,
    statementTimeoutMs,
    answerTimeoutMs: statementTimeoutMs + graceMs,
    plannerOptions,
    onIdleError: onTrouble,
  });
  const pages = createLogPages(pool, options.archive ?? null);
  const open = async (): Promise<{ storeId: string; tail: Tail; bell: Bell }> => {
    const storeId = await readStoreId(pool);
    const from = await pages.lastPosition();
    const readPage = (after: bigint): Promise<EventBatch> => pages.readAll({ after, limit: 500 });
    const tail = createTail({ from, readPage, onTrouble });
    const onRing = (position: bigint): void => tail.hint(position);
    return { storeId, tail, bell: await createBell({ config, onRing, onTrouble }) };
  };
  const { storeId, tail, bell } = await open().catch(async (error: unknown) => {
    await pool.end();
    throw readError(error);
  });

  const connections = Array.from({ length: batchesInFlight }, () => createAppendConnection(config));
  const commits = createGroupCommit({
    connections,
    maxBatchAppends,
    maxBatchBytes,
    maxQueuedBytes,
    patienceMs: options.patienceMs ?? 15_000,
    onCommitted: spread(tail, bell),
    onTrouble,
  });
  const appender = createAppender({
    commits,
    pages,
    onFoundEarlier: (position) => {
      tail.hint(position);
      bell.ring(position);
    },
  });
  const poll = startPoll(pages, tail, { pollMs: options.pollMs ?? 1_000, onTrouble });

  const whileOpen = <T>(work: () => Promise<T>): Promise<T> =>
    closing.signal.aborted ? Promise.reject(storeClosed()) : work();

  return {
    storeId,
    append: (stream, expected, events) =>
      whileOpen(() => appender.append(stream, expected, events)),
    head: (stream) => whileOpen(() => pages.head(stream)),
    readStream: (stream, range) => whileOpen(() => pages.readStream(stream, range)),
    readAll: (range) => whileOpen(() => pages.readAll(range)),
    lastPosition: () => whileOpen(() => pages.lastPosition()),
    subscribe: (range) =>
      subscription(
        { tail, readPage: (all) => pages.readAll(all), closing: closing.signal, onTrouble },
        range,
      ),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      clearInterval(poll);
      await appender.idle();
      tail.close();
      await bell.close();
      await Promise.all(connections.map((connection) => connection.close()));
      await pool.end();
    },
  };
};
