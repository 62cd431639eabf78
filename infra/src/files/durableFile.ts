import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A new or vanished name is on disk only when its folder is. */
export const flushFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeFlushed = async (file: string, bytes: Uint8Array | string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a file that is there whole or as it was before, also after a power cut. The caller flushes the folder. */
export const writeWhole = async (target: string, bytes: Uint8Array | string): Promise<void> => {
  const draft = `${target}.${randomUUID()}`;
  try {
    await writeFlushed(draft, bytes);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** The same, and on disk when it returns. */
export const replaceFile = async (target: string, bytes: Uint8Array | string): Promise<void> => {
  await writeWhole(target, bytes);
  await flushFolder(dirname(target));
};
