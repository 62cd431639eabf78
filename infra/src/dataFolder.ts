import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/**
 * A lock of the kernel on a file (SQLite's exclusive lock): gone with the process even after kill -9, and blind to
 * process ids, which other processes and other containers use again.
 */
const lock = (path: string): DatabaseSync => {
  const note = join(path, '.owner');
  const file = join(path, '.lock');
  // Closed to other users, who could otherwise hold it against us.
  writeFileSync(file, '', { mode: 0o600, flag: 'a' });
  const held = new DatabaseSync(file, { timeout: 0 });
  try {
    held.exec('pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    held.close();
    throw new StudioError(
      'unavailable',
      'service.unavailable',
      `The data folder ${path} is in use${holderOf(note)}. Stop it first, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  writeFileSync(note, `${process.pid}\n`);
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

/**
 * Makes the data folder and takes it for this process alone.
 * Throws `service.unavailable`, with a message for people, when another process has it or it cannot be made.
 */
export const openDataFolder = (dataDir: string): DataFolder => {
  const path = resolve(dataDir);
  makeFolder(path);
  const held = lock(path);
  return {
    path,
    keys: privateFolder(path, 'keys'),
    outbox: privateFolder(path, 'outbox'),
    files: privateFolder(path, 'files'),
    logs: privateFolder(path, 'logs'),
    release: () => {
      held.close();
    },
  };
};
