import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type FileStorage, StudioError } from '@studio/contracts';

import { flushFolder, writeWhole } from './durableFile.ts';
import { parseRef, refuseOtherBytes } from './ref.ts';
import { hasCode } from './systemErrors.ts';

const nullWhenAbsent = async <Result>(work: Promise<Result>): Promise<Result | null> => {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
};

const orUnavailable = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (cause) {
    throw new StudioError('unavailable', 'service.unavailable', 'file storage failed', { cause });
  }
};

/** Files under `<folder>/<workspace>/<first two of sha256>/<sha256>`, each whole or not there, also after a power cut. */
export const createLocalFileStorage = (folder: string): FileStorage => {
  const pathOf = (ref: string): string => {
    const { workspace, sha256 } = parseRef(ref);
    return join(folder, workspace, sha256.slice(0, 2), sha256);
  };

  const makeFolders = async (target: string): Promise<void> => {
    await mkdir(target, { recursive: true, mode: 0o700 });
    // A new folder is on disk only when its parent is; another put may have made it a moment ago.
    await flushFolder(dirname(target));
    await flushFolder(folder);
  };

  const put = async (target: string, bytes: Uint8Array): Promise<void> => {
    await makeFolders(dirname(target));
    // The name is the content's hash, so a file of the same size is the same file.
    const there = await nullWhenAbsent(stat(target));
    if (there?.size !== bytes.length) await writeWhole(target, bytes);
    await flushFolder(dirname(target));
  };

  const remove = async (target: string): Promise<void> => {
    await nullWhenAbsent(rm(target));
    await nullWhenAbsent(flushFolder(dirname(target)));
  };

  return {
    put: async (ref, bytes) => {
      refuseOtherBytes(ref, bytes);
      return orUnavailable(put(pathOf(ref), bytes));
    },
    get: async (ref) => orUnavailable(nullWhenAbsent(readFile(pathOf(ref)))),
    remove: async (ref) => orUnavailable(remove(pathOf(ref))),
  };
};
