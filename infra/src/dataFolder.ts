import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { StudioError } from '@studio/contracts';

/** What one studio keeps on disk. Every path is absolute. */
export interface DataFolder {
  readonly path: string;
  /** Master and signing keys; closed to other users, like all of these. */
  readonly keys: string;
  /** Mails that no provider sends. */
  readonly outbox: string;
  readonly files: string;
  /** Signed heads of the log. */
  readonly heads: string;
  readonly logs: string;
  /** Lets the next process have the folder. The kernel does so too when this process ends, however it ends. */
  readonly release: () => void;
}

const privateFolder = (...path: string[]): string => {
  const folder = join(...path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
};

const holderOf = (note: string): string => {
  try {
    return ` by process ${readFileSync(note, 'utf8').trim()}`;
  } catch {
    return '';
  }
};

/** Locks of this process. Whatever becomes of what `openDataFolder` answered, none goes with the garbage. */
const locks = new Set<DatabaseSync>();

/**
 * A lock of the kernel on a file (SQLite's exclusive lock): gone with the process even after kill -9, and blind to
 * process ids, which other processes and other containers use again.
 */
const lock = (path: string, shared: boolean): DatabaseSync => {
  const note = join(path, '.owner');
  const file = join(path, '.lock');
  // Closed to other users, who could otherwise hold it against us.
  writeFileSync(file, '', { mode: 0o600, flag: 'a' });
  const held = new DatabaseSync(file, { timeout: 0 });
  try {
    held.exec('pragma journal_mode = memory');
    // SQLite's shared lock is taken by the first read and kept until the transaction ends.
    held.exec(shared ? 'begin; select 1 from sqlite_schema' : 'begin exclusive');
  } catch (cause) {
    held.close();
    throw new StudioError(
      'unavailable',
      'service.unavailable',
      `The data folder ${path} is in use${holderOf(note)}. Stop it first, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  if (shared) rmSync(note, { force: true });
  else writeFileSync(note, `${process.pid}\n`);
  locks.add(held);
  return held;
};

const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new StudioError(
      'unavailable',
      'service.unavailable',
      `The data folder ${path} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
};

export interface DataFolderUse {
  /** True for one of several processes that make up a studio: each of them says so. Default: for this process alone. */
  readonly shared?: boolean;
}

/**
 * Makes the data folder and takes it for this process, or for this one and others that share it.
 * Throws `service.unavailable`, with a message for people, when another process has it or it cannot be made.
 */
export const openDataFolder = (
  dataDir: string,
  { shared = false }: DataFolderUse = {},
): DataFolder => {
  const path = resolve(dataDir);
  makeFolder(path);
  const held = lock(path, shared);
  return {
    path,
    keys: privateFolder(path, 'keys'),
    outbox: privateFolder(path, 'outbox'),
    files: privateFolder(path, 'files'),
    heads: privateFolder(path, 'heads'),
    logs: privateFolder(path, 'logs'),
    release: () => {
      locks.delete(held);
      held.close();
    },
  };
};
