import { setTimeout as sleep } from 'node:timers/promises';

import { type KeyRing, StudioError } from '@studio/contracts';
import {
  createEventLog,
  createInMemoryFileStorage,
  createPool,
  type Database,
} from '@studio/infra';
import { builtInProjections, startProjectors } from '@studio/projectors';

import type { StudioProcess } from '../fixtures/studio.ts';
import { openStore } from '../store/openStore.ts';

/** Read models hold sealed values as they lie in the log: nobody who makes them needs a key. */
const noKey = (): never => {
  throw new StudioError('unavailable', 'service.unavailable', 'A projection asked for a key');
};
const noKeys: KeyRing = {
  ...{ reserve: noKey, get: noKey, peek: noKey, forget: noKey },
  evict: () => undefined, // nothing to drop
};

/** Every row that queries can see, as text, by table. */
export type Rows = Readonly<Record<string, readonly string[]>>;

const rowsOf = async (pool: Database): Promise<Rows> => {
  const tables = builtInProjections.flatMap((projection) => projection.tables);
  const rows: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const found = await pool.query<{ row: string }>(
      `select row_to_json(each)::text as row from read."${name}" as each order by 1`,
    );
    rows[name] = found.rows.map(({ row }) => row);
  }
  return rows;
};

const until = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
  const deadline = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`);
    await sleep(50);
  }
};

const one = async (pool: Database, sql: string): Promise<bigint> => {
  const { rows } = await pool.query<{ n: string }>(`select (${sql})::text as n`);
  return BigInt(rows[0]?.n ?? 0);
};

type Kept = Pick<StudioProcess, 'databaseUrl' | 'logAddress'>;

const lastPosition = async (address: string): Promise<bigint> => {
  const store = await openStore(address);
  return store.lastPosition().finally(() => store.close());
};

const readModels = `select coalesce(min(at.position), 0) from read.active
  join read.checkpoints as at using (name, generation)`;

/** How far the projection of runs has come; needs nothing but its Postgres. */
export const checkpointOf = async (url: string): Promise<bigint> => {
  const pool = createPool({ url, applicationName: 'crash-proof' });
  try {
    return await one(
      pool,
      `select at.position from read.active join read.checkpoints as at using (name, generation)
        where name = 'executions'`,
    );
  } finally {
    await pool.end();
  }
};

/** What the engine's index holds once it is level with the log: nothing, when every run has ended. */
export const openInIndex = async (studio: Kept): Promise<bigint> => {
  const url = studio.databaseUrl();
  const end = await lastPosition(studio.logAddress());
  const pool = createPool({ url, applicationName: 'crash-proof' });
  try {
    const index = 'select position from engine.checkpoint';
    await until(async () => (await one(pool, index)) >= end, 'the index is level');
    return await one(
      pool,
      'select (select count(*) from engine.runs) + (select count(*) from engine.timers)',
    );
  } finally {
    await pool.end();
  }
};

/** The rows as they are, once level, and the rows of a rebuild from zero, while the studio goes on. */
export const rowsAndRebuild = async (studio: Kept): Promise<{ rows: Rows; rebuilt: Rows }> => {
  const url = studio.databaseUrl();
  const end = await lastPosition(studio.logAddress());
  const pool = createPool({ url, applicationName: 'crash-proof' });
  const store = await openStore(studio.logAddress());
  const log = createEventLog({ store, keys: noKeys, files: createInMemoryFileStorage() });
  const troubles: unknown[] = [];
  try {
    await until(async () => (await one(pool, readModels)) >= end, 'the read models are level');
    const rows = await rowsOf(pool);
    const projectors = await startProjectors({
      ...{ pool, log },
      onTrouble: (error) => troubles.push(error),
    });
    for (const { name } of builtInProjections) await projectors.rebuild(name);
    const rebuilt = await rowsOf(pool);
    await projectors.stop();
    if (troubles.length > 0) throw new Error('the rebuild had trouble', { cause: troubles[0] });
    return { rows, rebuilt };
  } finally {
    await store.close();
    await pool.end();
  }
};
