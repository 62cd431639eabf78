import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { type StoredEvent, StudioError } from '@studio/contracts';
import { z } from 'zod';

import { hasCode } from '../files/systemErrors.ts';
import { eventOfLine } from './eventLine.ts';

/** What an export came to. */
export interface ExportedLog {
  readonly storeId: string;
  readonly events: number;
  readonly streams: number;
  readonly files: number;
}

const logFile = 'log.ndjson';
export const exportPath = (folder: string): string => join(folder, logFile);
/** It bears this name until it is whole. */
export const draftPath = (folder: string): string => join(folder, `${logFile}.part`);

export const statePath = (folder: string): string => join(folder, 'state.sealed');

const Start = z.object({ v: z.literal(1), storeId: z.string() });
const End = z.object({
  end: z.object({
    ...{ events: z.int(), streams: z.int(), files: z.int() },
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

/** The first line says of which store the export is. */
export const startLine = (storeId: string): string => JSON.stringify({ v: 1, storeId });
/** The last one says how much there is, with the hash of all lines before it. */
const endLine = (end: z.infer<typeof End>['end']): string => JSON.stringify({ end });

/** A line of an export, and what it means. */
export type ExportLine =
  | { readonly kind: 'start'; readonly text: string; readonly storeId: string }
  | { readonly kind: 'event'; readonly text: string; readonly event: StoredEvent }
  | { readonly kind: 'end'; readonly text: string; readonly end: z.infer<typeof End>['end'] };

export const unsound = (why: string, cause?: unknown): StudioError =>
  new StudioError('invalid', 'log.corrupt', `the export is not what was written: ${why}`, {
    cause,
  });

const meaningOf = (text: string, number: number): ExportLine => {
  try {
    if (number === 1)
      return { kind: 'start', text, storeId: Start.parse(JSON.parse(text)).storeId };
    return text.startsWith('{"end":')
      ? { kind: 'end', text, end: End.parse(JSON.parse(text)).end }
      : { kind: 'event', text, event: eventOfLine(text) };
  } catch (cause) {
    throw unsound(`line ${number} cannot be read`, cause);
  }
};

/** The lines of a file; with `whole`, not the last one, which may be half of one. */
export async function* linesOf(
  path: string,
  { whole = false }: { whole?: boolean } = {},
): AsyncGenerator<ExportLine> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let [number, before] = [0, ''];
  for await (const text of lines) {
    if (number > 0) yield meaningOf(before, number);
    before = text;
    number += 1;
  }
  if (number > 0 && !whole) yield meaningOf(before, number);
}

/** The hash over the lines of an export, in their order. */
export const createLineHash = () => {
  const sha = createHash('sha256');
  return {
    add: (line: string): void => void sha.update(`${line}\n`),
    endLine: (counts: Omit<ExportedLog, 'storeId'>): string => {
      const { events, streams, files } = counts;
      return endLine({ events, streams, files, sha256: sha.copy().digest('hex') });
    },
  };
};

const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
};

/** How far a folder's export is: the state comes last. */
export const exportedParts = async (folder: string): Promise<{ log: boolean; state: boolean }> => ({
  log: await isThere(exportPath(folder)),
  state: await isThere(statePath(folder)),
});
