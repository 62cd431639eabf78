import { Socket } from 'node:net';

import { Client, type ClientConfig } from 'pg';

import { appendBatchQuery, type BatchAnswer, readBatchAnswer } from './appendBatch.ts';
import { verdictOf } from './databaseErrors.ts';
import type { PreparedAppend } from './preparedAppend.ts';
import { logUnavailable } from './unavailable.ts';

/** One connection that does nothing but commit batches, one at a time. It connects when it is needed. */
export interface AppendConnection {
  /** Rejects with the driver's error, or `log.unavailable` when nothing could be sent; then the next call connects anew. */
  commit(batch: readonly PreparedAppend[]): Promise<BatchAnswer>;
  close(): Promise<void>;
}

export const createAppendConnection = (config: ClientConfig): AppendConnection => {
  let client: Client | null = null;
  /** Ours, so that a server which answers nothing any more can be left without a goodbye. */
  let socket = new Socket();

  const drop = (broken: Client): void => {
    if (client !== broken) return;
    client = null;
    socket.destroy();
  };

  const connect = async (): Promise<Client> => {
    socket = new Socket();
    const fresh = new Client({ ...config, stream: () => socket });
    fresh.on('error', () => drop(fresh)); // broke while idle: the next commit connects anew
    try {
      await fresh.connect();
    } catch (error) {
      socket.destroy();
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
