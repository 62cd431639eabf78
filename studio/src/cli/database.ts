import { resolve } from 'node:path';

import {
  createPool,
  type Database,
  type DataFolder,
  embeddedAddress,
  openDataFolder,
  readEnvironment,
  startEmbeddedPostgres,
} from '@studio/infra';

import { CommandError, exitCodes } from './exitCodes.ts';
import type { Shell } from './shell.ts';

type Lent<T> = (url: string) => Promise<T>;

/** Null while a studio has the folder. */
const folderIfFree = (dataDir: string): DataFolder | null => {
  try {
    return openDataFolder(dataDir);
  } catch {
    return null;
  }
};

/** Starts the embedded server for as long as the work takes. The folder's lock keeps a studio from starting meanwhile. */
const withOwnServer = async <T>(
  shell: Shell,
  folder: DataFolder,
  sharedFolder: string | undefined,
  work: Lent<T>,
): Promise<T> => {
  try {
    const server = await startEmbeddedPostgres({
      ...{ dataDir: folder.path, log: shell.remark },
      ...(sharedFolder === undefined ? {} : { sharedFolder }),
    });
    return await work(server.url).finally(server.stop);
  } finally {
    folder.release();
  }
};

const withEmbedded = async <T>(shell: Shell, env: Shell['env'], work: Lent<T>): Promise<T> => {
  const named = env['DATA_DIR'] || './data'; // an empty value counts as none
  const dataDir = resolve(shell.folder, named);
  const address = embeddedAddress(dataDir);
  if (address === null)
    throw new CommandError(
      exitCodes.notFound,
      `There is no database in ${named}: set DATA_DIR or DATABASE_URL as for the studio`,
    );
  const folder = folderIfFree(dataDir);
  if (folder === null) return work(address);
  return withOwnServer(shell, folder, env['EMBEDDED_HOME'] || undefined, work);
};

const outOfReach = (cause: unknown): CommandError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CommandError(exitCodes.unreachable, `The database is out of reach: ${why}`, cause);
};

/** Lends the studio's own Postgres, straight: the one of DATABASE_URL, else the embedded one, running or not. */
export const withDatabase = async <T>(
  shell: Shell,
  work: (pool: Database, url: string) => Promise<T>,
): Promise<T> => {
  const env = readEnvironment(shell.env, shell.folder);
  const lend: Lent<T> = async (url) => {
    const pool = createPool({ url, applicationName: 'studio-command-line', maxConnections: 6 });
    try {
      await pool.query('select 1').catch((error: unknown) => {
        throw outOfReach(error);
      });
      return await work(pool, url);
    } finally {
      await pool.end();
    }
  };
  return env['DATABASE_URL'] ? lend(env['DATABASE_URL']) : withEmbedded(shell, env, lend);
};
