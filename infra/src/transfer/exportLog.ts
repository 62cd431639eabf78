import { type FileHandle, open, rename, truncate } from 'node:fs/promises';

import {
  type EventStore,
  type FileStorage,
  type StoredEvent,
  StudioError,
} from '@studio/contracts';

import { logPagesBehind } from '../eventstore/wholeLog.ts';
import { flushFolder } from '../files/durableFile.ts';
import { createChainCheck } from '../integrity/chainCheck.ts';
import { createFileCheck, type FileCheckParts } from '../integrity/fileCheck.ts';
import { filesOfEvent } from '../integrity/filesOfEvent.ts';
import { eventLine } from './eventLine.ts';
import {
  createLineHash,
  draftPath,
  type ExportedLog,
  type ExportLine,
  exportPath,
  linesOf,
  startLine,
} from './exportFile.ts';

export interface ExportParts extends FileCheckParts {
  readonly store: EventStore;
  /** True where positions count from 1 without gaps. */
  readonly gapless: boolean;
  /** Where files go that events name. */
  readonly target: FileStorage;
  readonly folder: string;
}

/** What has been written so far, and its checks. */
const createProgress = ({ store, gapless }: ExportParts) => {
  const chain = createChainCheck(gapless);
  const hash = createLineHash();
  let [after, files, bytes] = [0n, 0, 0];

  const takeEvent = (event: StoredEvent): void => {
    const problem = chain.next(event);
    if (problem !== null)
      throw new StudioError('unavailable', 'log.corrupt', `position ${event.position}: ${problem}`);
    files += filesOfEvent(event).length;
    after = event.position;
  };

  const take = (line: ExportLine): void => {
    if (line.kind === 'start' && line.storeId !== store.storeId)
      throw new StudioError(
        'conflict',
        'append.conflict',
        `the folder holds the beginning of an export of another log, ${line.storeId}`,
      );
    if (line.kind === 'event') takeEvent(line.event);
    hash.add(line.text);
    bytes += Buffer.byteLength(line.text) + 1;
  };

  return {
    take,
    after: () => after,
    bytes: () => bytes,
    total: () => ({ events: chain.events(), streams: chain.streams(), files }),
    endLine: () => hash.endLine({ events: chain.events(), streams: chain.streams(), files }),
  };
};

type Progress = ReturnType<typeof createProgress>;

/** Takes the whole lines that an export which was cut short has left; what follows them is cut off. */
const resume = async (progress: Progress, draft: string): Promise<void> => {
  await (await open(draft, 'a', 0o600)).close();
  for await (const line of linesOf(draft, { whole: true }))
    if (line.kind !== 'end') progress.take(line);
  await truncate(draft, progress.bytes());
};

/** Each file is checked against its event before it is copied, and is there before the event is. */
const createFileCopy = (parts: ExportParts) => {
  const check = createFileCheck(parts);
  return async (event: StoredEvent): Promise<void> => {
    const problem = await check.next(event);
    if (problem !== null)
      throw new StudioError('unavailable', 'log.corrupt', `position ${event.position}: ${problem}`);
    for (const { ref } of filesOfEvent(event)) {
      const bytes = await parts.files.get(ref);
      if (bytes) await parts.target.put(ref, bytes);
    }
  };
};

const writeEvents = async (
  parts: ExportParts,
  progress: Progress,
  output: FileHandle,
): Promise<void> => {
  const { store } = parts;
  const copyFiles = createFileCopy(parts);
  for await (const { events } of logPagesBehind(store, progress.after())) {
    const lines = events.map(
      (event) => ({ kind: 'event', text: eventLine(event), event }) as const,
    );
    for (const line of lines) {
      await copyFiles(line.event);
      progress.take(line);
    }
    if (lines.length > 0) await output.write(lines.map(({ text }) => `${text}\n`).join(''));
  }
};

/**
 * Writes the log, checked on the way, as newline JSON into `<folder>/log.ndjson`, and the files that it names. One that
 * was cut short goes on where it stopped. The file bears its name only when it is whole. `log.corrupt`: the log is not
 * what was written.
 */
export const exportLog = async (parts: ExportParts): Promise<ExportedLog> => {
  const { store, folder } = parts;
  const draft = draftPath(folder);
  const progress = createProgress(parts);
  await resume(progress, draft);
  const output = await open(draft, 'a', 0o600);
  try {
    const start = startLine(store.storeId);
    if (progress.bytes() === 0) {
      progress.take({ kind: 'start', text: start, storeId: store.storeId });
      await output.write(`${start}\n`);
    }
    await writeEvents(parts, progress, output);
    await output.write(`${progress.endLine()}\n`);
    await output.sync();
  } finally {
    await output.close();
  }
  await rename(draft, exportPath(folder));
  await flushFolder(folder);
  return { storeId: store.storeId, ...progress.total() };
};
