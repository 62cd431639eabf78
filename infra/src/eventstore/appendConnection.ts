import { Client, type ClientConfig } from 'pg';

import { appendBatchQuery, type BatchAnswer, readBatchAnswer } from './appendBatch.ts';
import { logUnavailable, verdictOf } from './databaseErrors.ts';
import type { PreparedAppend } from './preparedAppend.ts';

/** One connection that does nothing but commit batches, one at a time. It connects when it is needed. */
export interface AppendConnection {
  /** Rejects with the driver's error, or `log.unavailable` when nothing could be sent; then the next call connects anew. */
  commit(batch: readonly PreparedAppend[]): Promise<BatchAnswer>;
  close(): Promise<void>;
}

export const createAppendConnection = (config: ClientConfig): AppendConnection => {
  let client: Client | null = null;

  const drop = (broken: Client): void => {
    if (client === broken) client = null;
    broken.end().catch(() => undefined); // it is gone either way
  };

  const connect = async (): Promise<Client> => {
    const fresh = new Client(config);
    fresh.on('error', () => drop(fresh)); // broke while idle: the next commit connects anew
    try {
      await fresh.connect();
    } catch (error) {
      drop(fresh);
      throw logUnavailable(error); // nothing was sent
    }
    return fresh;
  };

  const commit = async (batch: readonly PreparedAppend[]): Promise<BatchAnswer> => {
    const current = (client ??= await connect());
    try {
      const { rows } = await current.query(appendBatchQuery(batch));
      return readBatchAnswer(rows);
    } catch (error) {
      if (verdictOf(error) !== 'rolled_back') drop(current);
      throw error;
    }
  };

  return {
    commit,
    close: async () => {
      const last = client;
      client = null;
      await last?.end();
    },
  };
};
