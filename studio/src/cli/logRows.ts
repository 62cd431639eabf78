import type { Database } from '@studio/infra';

/** An event as it lies in the log: the bytes that were hashed, nothing opened. */
export interface LogRow {
  /** A number of 64 bits, as text. */
  readonly position: string;
  readonly revision: string;
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  /** 64 hex digits. */
  readonly hash: string;
}

const pageSize = 500;

const columns = `position, revision, stream, event_id as "eventId", type, data, metadata,
  encode(hash, 'hex') as hash`;

export const lastPosition = async (pool: Database): Promise<bigint> => {
  const { rows } = await pool.query<{ last: string }>(
    'select coalesce(max(position), 0) as last from log.events',
  );
  return BigInt(rows[0]?.last ?? 0);
};

export interface LogRange {
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive. */
  readonly until: bigint;
}

/** The log between two positions, page by page. */
export async function* logRows(pool: Database, range: LogRange): AsyncGenerator<LogRow> {
  for (let after = range.after; after < range.until;) {
    const { rows } = await pool.query<LogRow>(
      `select ${columns} from log.events
        where position > $1 and position <= $2 order by position limit ${pageSize}`,
      [after.toString(), range.until.toString()],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = BigInt(last.position);
  }
}

/** One stream from its first revision on, page by page. */
export async function* streamRows(pool: Database, stream: string): AsyncGenerator<LogRow> {
  for (let from = 0n; ;) {
    const { rows } = await pool.query<LogRow>(
      `select ${columns} from log.events
        where stream = $1 and revision >= $2 order by revision limit ${pageSize}`,
      [stream, from.toString()],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    from = BigInt(last.revision) + 1n;
  }
}
