import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

import { type FileStorage, type StoredEvent, StudioError } from '@studio/contracts';

import { eventLine, eventOfLine } from '../transfer/eventLine.ts';

/** A run of the log in one file: newline JSON, compressed by gzip, named by the hash of its bytes. */
export interface BlockFile {
  readonly ref: string;
  readonly bytes: number;
}

/** Where blocks lie in file storage, beside the workspaces. */
const folder = 'archive';

const corrupt = (ref: string, what: string, cause?: unknown): StudioError =>
  new StudioError('unavailable', 'log.corrupt', `the archived block ${ref} ${what}`, { cause });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The events of a block, its bytes checked against its name. `log.corrupt`. */
export const readBlock = async (files: FileStorage, ref: string): Promise<StoredEvent[]> => {
  const bytes = await files.get(ref);
  if (!bytes) throw corrupt(ref, 'is missing');
  if (`${folder}/${sha256(bytes)}` !== ref) throw corrupt(ref, 'has other bytes');
  try {
    const text = (await promisify(gunzip)(bytes)).toString();
    return text.split('\n').filter(Boolean).map(eventOfLine);
  } catch (cause) {
    throw corrupt(ref, 'cannot be read', cause);
  }
};

/** Puts the events into a file, on disk when it returns, and reads them back to see that they are all there. */
export const writeBlock = async (
  files: FileStorage,
  events: readonly StoredEvent[],
): Promise<BlockFile> => {
  const lines = events.map(eventLine);
  const bytes = await promisify(gzip)(`${lines.join('\n')}\n`);
  const ref = `${folder}/${sha256(bytes)}`;
  await files.put(ref, bytes);
  const again = (await readBlock(files, ref)).map(eventLine);
  if (again.length !== lines.length || again.some((line, index) => line !== lines[index]))
    throw corrupt(ref, 'does not give back what went in');
  return { ref, bytes: bytes.length };
};
