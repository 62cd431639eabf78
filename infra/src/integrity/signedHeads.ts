import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { replaceFile } from '../files/durableFile.ts';
import { hasCode } from '../files/systemErrors.ts';

/** The newest signed head of each store, as files: out of reach for whoever has nothing but the database. */
export interface SignedHeads {
  /** The file of a store, as it lies there; null when there is none. */
  read(storeId: string): Promise<string | null>;
  write(storeId: string, file: string): Promise<void>;
  /** Stores that have one. */
  stores(): Promise<readonly string[]>;
}

const ending = '.head';

const orWhenAbsent = async <Result, Other>(work: Promise<Result>, other: Other) => {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return other;
    throw error;
  }
};

/** Files `<folder>/<store id>.head`. */
export const createSignedHeads = (folder: string): SignedHeads => {
  const fileOf = (storeId: string): string => join(folder, `${storeId}${ending}`);
  return {
    read: (storeId) => orWhenAbsent(readFile(fileOf(storeId), 'utf8'), null),
    write: async (storeId, file) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await replaceFile(fileOf(storeId), file);
    },
    stores: async () => {
      const names = await orWhenAbsent(readdir(folder), []);
      return names
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length));
    },
  };
};
