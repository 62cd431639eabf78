import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import { StudioError } from '@studio/contracts';
import type { Pool, PoolClient } from 'pg';

import { flushFolder } from '../files/durableFile.ts';
import { deriveKey, type MasterKey } from '../keys/masterKey.ts';
import { statePath } from './exportFile.ts';

/** What a line of the file holds once it is opened. */
type Part = Rows | { readonly end: number };
interface Rows {
  readonly table: string;
  readonly rows: readonly object[];
}

const rowsAtOnce = 1_000;
const [ivBytes, tagBytes] = [12, 16];

const keyOf = (master: MasterKey): Buffer => deriveKey(master, 'studio/export-state/1');
/** Bound to its place: lines cannot be left out, doubled or reordered. */
const place = (line: number): Buffer => Buffer.from(`studio-state/1\n${line}`);

const seal = (key: Buffer, line: number, part: Part): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(place(line));
  const text = Buffer.concat([cipher.update(JSON.stringify(part)), cipher.final()]);
  return Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64');
};

const unsound = (cause?: unknown): StudioError =>
  new StudioError(
    'invalid',
    'log.corrupt',
    'state.sealed is not whole, or was sealed under another master key',
    { cause },
  );

const unseal = (key: Buffer, line: number, text: string): Part => {
  const bytes = Buffer.from(text, 'base64');
  try {
    const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
    opening.setAAD(place(line)).setAuthTag(bytes.subarray(-tagBytes));
    const body = bytes.subarray(ivBytes, -tagBytes);
    return JSON.parse(Buffer.concat([opening.update(body), opening.final()]).toString()) as Part; // sealed by us
  } catch (cause) {
    throw unsound(cause);
  }
};

/** The tables of `state`, those that others refer to first. The two that are left out tell of the database, not of the studio. */
const tablesOf = async (client: Pool | PoolClient): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'state' and c.relkind = 'r' and c.relname not in ('migrations', 'followed_log')
      order by exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'), 1`,
  );
  return rows.map(({ name }) => name);
};

async function* partsOf(client: PoolClient): AsyncGenerator<Part> {
  for (const table of await tablesOf(client)) {
    await client.query(
      `declare exported no scroll cursor for select to_jsonb(t) as row from state.${client.escapeIdentifier(table)} t`,
    );
    for (;;) {
      const { rows } = await client.query<{ row: object }>(`fetch ${rowsAtOnce} from exported`);
      if (rows.length === 0) break;
      yield { table, rows: rows.map(({ row }) => row) };
    }
    await client.query('close exported');
  }
}

/** Writes what is not in the log (data keys, accounts, sessions) into `<folder>/state.sealed`, as of one instant. Answers how many rows. */
export const exportState = async (
  pool: Pool,
  master: MasterKey,
  folder: string,
): Promise<number> => {
  const key = keyOf(master);
  const client = await pool.connect();
  const draft = `${statePath(folder)}.part`;
  const output = await open(draft, 'w', 0o600);
  let [lines, rows] = [0, 0];
  const write = async (part: Part): Promise<void> => {
    await output.write(`${seal(key, lines, part)}\n`);
    lines += 1;
  };
  try {
    await client.query('begin isolation level repeatable read, read only');
    for await (const part of partsOf(client)) {
      await write(part);
      rows += 'rows' in part ? part.rows.length : 0;
    }
    await write({ end: rows });
    await output.sync();
    await rename(draft, statePath(folder));
    await flushFolder(folder);
    return rows;
  } finally {
    await client.query('rollback').finally(() => client.release());
    await output.close();
  }
};

/** Names its columns, so that those which this version has added get their defaults. */
const insertRows = (client: PoolClient, { table, rows }: Rows) => {
  const name = `state.${client.escapeIdentifier(table)}`;
  const columns = Object.keys(rows[0] ?? {}).map((column) => client.escapeIdentifier(column));
  return client.query(
    `insert into ${name} (${columns.join()}) select ${columns.join()}
       from jsonb_populate_recordset(null::${name}, $1) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
};

/** Brings it back, all or nothing; what is there already stays. Answers how many rows the file holds. */
export const importState = async (
  pool: Pool,
  master: MasterKey,
  folder: string,
): Promise<number> => {
  const key = keyOf(master);
  const client = await pool.connect();
  const input = createReadStream(statePath(folder));
  let [line, rows, end] = [0, 0, -1];
  try {
    await client.query('begin');
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      const part = unseal(key, line, text);
      line += 1;
      if ('end' in part) end = part.end;
      else {
        await insertRows(client, part);
        rows += part.rows.length;
      }
    }
    if (end !== rows) throw unsound();
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    client.release();
  }
};
