import { setTimeout as sleep } from 'node:timers/promises';

import type { Pool } from 'pg';

/** How far one projection's rows are, as queries see them. */
export interface ProjectionPosition {
  readonly projection: string;
  readonly generation: string;
  readonly position: bigint;
  /** How long the oldest event has waited that the rows do not know, in milliseconds; 0 when level. */
  readonly lagMs: number;
  readonly parkedStreams: number;
}

/** Lets a query wait until the rows know an event. */
export interface ProjectionPositions {
  /** True once the projection's rows know everything up to `position`; false when the time is over. */
  waitFor(projection: string, position: bigint, timeoutMs: number): Promise<boolean>;
  positions(): Promise<readonly ProjectionPosition[]>;
}

interface Goal {
  readonly position: bigint;
  readonly since: number;
}

/** Measures lag without trusting anybody's wall clock: the age of the oldest log end not yet reached. */
export const createLagGauge = (now: () => number = () => performance.now()) => {
  const goals = new Map<string, Goal>();
  return {
    /** Tells where the log ends and where the projection is; answers its lag in milliseconds. */
    measure: (projection: string, position: bigint, logEnd: bigint): number => {
      const goal = goals.get(projection);
      if (goal && position < goal.position) return now() - goal.since;
      if (position < logEnd) goals.set(projection, { position: logEnd, since: now() });
      else goals.delete(projection);
      return 0;
    },
  };
};

const pollMs = 20;

/** The positions as the database has them: for a process that runs no projectors of its own. */
export const createStoredPositions = (
  pool: Pool,
  lastPosition: () => Promise<bigint>,
): ProjectionPositions => {
  const gauge = createLagGauge();
  const stored = async (): Promise<ProjectionPosition[]> => {
    const logEnd = await lastPosition();
    const { rows } = await pool.query<
      Record<'name' | 'generation' | 'position' | 'parked', string>
    >(
      `select a.name, a.generation, c.position,
              (select count(distinct p.stream) from read.parked p
                where p.name = a.name and p.generation = a.generation) as parked
         from read.active a join read.checkpoints c using (name, generation) order by a.name`,
    );
    return rows.map(({ name, generation, position, parked }) => ({
      projection: name,
      generation,
      position: BigInt(position),
      lagMs: gauge.measure(name, BigInt(position), logEnd),
      parkedStreams: Number(parked),
    }));
  };
  const isAt = async (projection: string, position: bigint): Promise<boolean> => {
    const { rowCount } = await pool.query({
      name: 'projection-is-at',
      text: `select 1 from read.active a join read.checkpoints c using (name, generation)
              where a.name = $1 and c.position >= $2`,
      values: [projection, position.toString()],
    });
    return rowCount === 1;
  };
  return {
    positions: stored,
    waitFor: async (projection, position, timeoutMs) => {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        if (await isAt(projection, position)) return true;
        if (performance.now() >= deadline) return false;
        await sleep(pollMs);
      }
    },
  };
};
