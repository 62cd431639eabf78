import { setTimeout as sleep } from 'node:timers/promises';

import { Client, type ClientConfig } from 'pg';

/**
 * Tells other processes that the log has grown, by NOTIFY on a connection of its own: after the
 * commit and outside of the writer lock. A lost ring costs a poll's interval, never an event.
 */
export interface Bell {
  /** The log reaches to here. Rings that come close together become one. */
  ring(position: bigint): void;
  close(): Promise<void>;
}

export interface BellOptions {
  readonly config: ClientConfig;
  readonly onRing: (position: bigint) => void;
  readonly onTrouble: (error: unknown) => void;
}

const wholeNumber = /^\d{1,18}$/;
const channel = 'studio_log';
/** At most 50 rings a second. */
const ringEveryMs = 20;
const firstBackoffMs = 100;
const longestBackoffMs = 5_000;

export const createBell = async ({ config, onRing, onTrouble }: BellOptions): Promise<Bell> => {
  const closing = new AbortController();
  let client: Client | null = null;
  let due: bigint | null = null;
  let ringing = false;

  const connect = async (): Promise<void> => {
    const fresh = new Client(config);
    fresh.on('notification', ({ payload = '' }) => {
      if (wholeNumber.test(payload)) onRing(BigInt(payload)); // the channel is open to every role
    });
    fresh.on('error', (error) => {
      onTrouble(error);
      if (client !== fresh) return; // never connected: connect() has the error
      client = null;
      void reconnect();
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
    } catch (error) {
      void fresh.end().catch(() => undefined); // a server that hangs may never say goodbye
      throw error;
    }
    if (closing.signal.aborted) await fresh.end();
    else client = fresh;
  };

  const silent = (): boolean => client === null && !closing.signal.aborted;

  const reconnect = async (): Promise<void> => {
    let backoffMs = firstBackoffMs;
    while (silent()) {
      const wait = backoffMs * (0.5 + Math.random());
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined); // closing ends the wait
      if (silent()) await connect().catch(onTrouble);
      backoffMs = Math.min(backoffMs * 2, longestBackoffMs);
    }
  };

  const ringAll = async (): Promise<void> => {
    ringing = true;
    while (due !== null && !closing.signal.aborted) {
      const position = due;
      due = null;
      await client
        ?.query(`select pg_notify('${channel}', $1)`, [position.toString()])
        .catch(onTrouble);
      await sleep(ringEveryMs);
    }
    ringing = false;
  };

  await connect();
  return {
    ring: (position) => {
      if (due === null || position > due) due = position;
      if (!ringing) void ringAll(); // its errors are told to onTrouble
    },
    close: async () => {
      closing.abort();
      const last = client;
      client = null;
      await last?.end().catch(() => undefined); // it is gone either way
    },
  };
};
