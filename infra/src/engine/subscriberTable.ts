import type { Pool } from 'pg';

import type { Subscriber } from '../eventstore/subscribers.ts';

/** A subscriber of some process on this database. */
export interface SubscriberRow extends Subscriber {
  readonly process: string;
  /** What the process is: `all`, `executor` … */
  readonly role: string;
  /** Milliseconds since its process last spoke. */
  readonly silentMs: number;
}

/** Where the processes on one database tell each other how far their subscribers are. */
export interface SubscriberTable {
  /** Says where the subscribers of this process are; those that it does not name are gone. */
  report(subscribers: readonly Subscriber[]): Promise<void>;
  rows(): Promise<readonly SubscriberRow[]>;
  /** This process ends. */
  leave(): Promise<void>;
}

interface StoredRow {
  readonly process: string;
  readonly role: string;
  readonly subscriber: string;
  readonly position: string;
  readonly silent_ms: number;
}

/** A process that was killed is shown as silent for so long. */
const forgottenAfter = '10 minutes';

export const createSubscriberTable = (
  pool: Pool,
  { process, role }: { readonly process: string; readonly role: string },
): SubscriberTable => ({
  report: async (subscribers) => {
    await pool.query(
      `with gone as (
         delete from engine.subscribers
          where (process = $1 and not subscriber = any ($3))
             or reported_at < now() - interval '${forgottenAfter}')
       insert into engine.subscribers (process, role, subscriber, position)
       select $1, $2, said.subscriber, min(said.position)
         from unnest($3::text[], $4::int8[]) as said (subscriber, position) group by 1, 2, 3
       on conflict (process, subscriber) do update
         set position = excluded.position, reported_at = excluded.reported_at`,
      [
        ...[process, role],
        subscribers.map(({ name }) => name),
        subscribers.map(({ position }) => position.toString()),
      ],
    );
  },
  rows: async () => {
    const { rows } = await pool.query<StoredRow>(
      `select process, role, subscriber, position,
              (extract(epoch from clock_timestamp() - reported_at) * 1000)::float8 as silent_ms
         from engine.subscribers order by subscriber, process`,
    );
    return rows.map(({ subscriber: name, position, silent_ms, ...row }) => ({
      ...{ ...row, name, position: BigInt(position) },
      silentMs: Math.max(0, Math.round(silent_ms)),
    }));
  },
  leave: async () => {
    await pool.query('delete from engine.subscribers where process = $1', [process]);
  },
});
