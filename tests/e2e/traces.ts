import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Client } from 'pg';

/** Long enough to meet nothing by chance, short enough to survive inside of a row that Postgres compressed. */
const pieceBytes = 7;

/**
 * The forms that a text may be left behind in: its pieces, and the whole in the encodings that
 * databases, URLs, logs and JSON use. Take a text whose every piece has a byte beyond ASCII or a
 * space: then no base64 of ciphertext can hold one.
 */
export const formsOf = (text: string): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: bytes.length - pieceBytes + 1 }, (_, at) =>
    bytes.subarray(at, at + pieceBytes),
  );
  const base64 = [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return shifted.slice(4, -4); // the ends depend on what stands beside the text
  });
  const escaped = text.replace(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const texts = [bytes.toString('hex'), encodeURIComponent(text), escaped, ...base64];
  return [...pieces, Buffer.from(text, 'utf16le'), ...texts.map((form) => Buffer.from(form))];
};

export const holds = (content: Buffer | string, forms: readonly Buffer[]): boolean => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return forms.some((form) => bytes.includes(form));
};

/** All files under a folder that hold one of the forms. */
export const filesHolding = async (folder: string, forms: readonly Buffer[]): Promise<string[]> => {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0); // Postgres removed it meanwhile
      throw error;
    });
    if (holds(bytes, forms)) found.push(file);
  }
  return found;
};

/** Every table of every schema of ours, and what Postgres itself keeps of values: its statistics. */
const tablesSql = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg\\_toast%'
  union all values ('pg_catalog.pg_stats'), ('pg_catalog.pg_stat_activity')`;

export interface Tables {
  /** How many were read. */
  readonly read: number;
  readonly holding: readonly string[];
}

/** Dumps all tables as text and names those with one of the forms in a row. */
export const tablesHolding = async (url: string, forms: readonly Buffer[]): Promise<Tables> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // After this everything that was written lies in a data file too, not in memory alone.
    await client.query('analyze');
    await client.query('checkpoint').catch(() => undefined); // not everyone may on a server of others
    const { rows: tables } = await client.query<{ name: string }>(tablesSql);
    const holding: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(
        `select whole_row::text as text from ${name} whole_row`,
      );
      if (rows.some(({ text }) => holds(text, forms))) holding.push(name);
    }
    return { read: tables.length, holding };
  } finally {
    await client.end();
  }
};
