import type { StuckRunView } from '@studio/contracts';
import type { Pool } from 'pg';

/** What an executor has in hand. */
export interface ExecutorReport {
  /** Its name in the table of shards and in the facts that it records. */
  readonly owner: string;
  /** What its process is: `all` or `executor`. */
  readonly role: string;
  /** Runs in memory; those that only wait are rows. */
  readonly liveRuns: number;
  readonly effectsInFlight: number;
  /** The last runs that its watchdog named. */
  readonly stuckRuns: readonly StuckRunView[];
}

export interface ExecutorRow extends ExecutorReport {
  readonly shards: readonly number[];
  readonly startedAt: string;
  readonly reportedAt: string;
  /** Milliseconds since it last spoke. */
  readonly silentMs: number;
}

interface StoredRow {
  readonly owner: string;
  readonly role: string;
  readonly started_at: Date;
  readonly reported_at: Date;
  readonly live_runs: number;
  readonly effects: number;
  readonly stuck_runs: string;
  readonly shards: number[];
  readonly silent_ms: number;
}

/** One that was killed is shown as silent for so long. */
const forgottenAfter = '10 minutes';

export const reportExecutor = async (
  pool: Pool,
  { owner, role, liveRuns, effectsInFlight, stuckRuns }: ExecutorReport,
): Promise<void> => {
  await pool.query(
    `with gone as (
       delete from engine.executors where reported_at < now() - interval '${forgottenAfter}')
     insert into engine.executors (owner, role, live_runs, effects, stuck_runs)
     values ($1, $2, $3, $4, $5)
     on conflict (owner) do update
       set live_runs = excluded.live_runs, effects = excluded.effects,
           stuck_runs = excluded.stuck_runs, reported_at = now()`,
    [owner, role, liveRuns, effectsInFlight, JSON.stringify(stuckRuns)],
  );
};

/** It ends. */
export const removeExecutor = async (pool: Pool, owner: string): Promise<void> => {
  await pool.query('delete from engine.executors where owner = $1', [owner]);
};

/** Every executor on the database, the oldest first. */
export const executorRows = async (pool: Pick<Pool, 'query'>): Promise<readonly ExecutorRow[]> => {
  const { rows } = await pool.query<StoredRow>(
    `select executors.*,
            array(select shard from engine.shards where shards.owner = executors.owner
                   order by shard) as shards,
            (extract(epoch from clock_timestamp() - reported_at) * 1000)::float8 as silent_ms
       from engine.executors as executors order by started_at, owner`,
  );
  return rows.map(({ owner, role, shards, started_at, reported_at, ...row }) => ({
    ...{ owner, role, shards, liveRuns: row.live_runs, effectsInFlight: row.effects },
    ...{ startedAt: started_at.toISOString(), reportedAt: reported_at.toISOString() },
    stuckRuns: JSON.parse(row.stuck_runs) as StuckRunView[], // as it was reported
    silentMs: Math.max(0, Math.round(row.silent_ms)),
  }));
};
