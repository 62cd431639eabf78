import {
  type EventStore,
  type FileStorage,
  type Head,
  maxAppendBytes,
  type StoredEvent,
  type StreamName,
  StudioError,
} from '@studio/contracts';

import { wholeLog } from '../eventstore/wholeLog.ts';
import { createFileCheck, type FileCheckParts } from '../integrity/fileCheck.ts';
import { filesOfEvent } from '../integrity/filesOfEvent.ts';
import { exportPath, linesOf, unsound } from './exportFile.ts';

export interface ImportParts {
  readonly store: EventStore;
  readonly files: FileStorage;
  /** The files of the export, and the data keys, which come before the log. */
  readonly source: FileCheckParts;
  readonly folder: string;
}

async function* eventsOf(folder: string): AsyncGenerator<StoredEvent> {
  for await (const line of linesOf(exportPath(folder))) if (line.kind === 'event') yield line.event;
}

interface Append {
  readonly stream: StreamName;
  readonly events: StoredEvent[];
  bytes: number;
}

const bytesOf = ({ data, metadata }: StoredEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata);

const fits = (append: Append, event: StoredEvent): boolean =>
  append.stream === event.stream && append.bytes + bytesOf(event) <= maxAppendBytes;

/** Neighbours of one stream that fit into one append, so that the order of the log stays what it was. */
async function* appendsOf(exported: AsyncIterable<StoredEvent>): AsyncGenerator<Append> {
  const waiting: Append[] = []; // one at most
  for await (const event of exported) {
    let [append] = waiting;
    if (!append || !fits(append, event)) {
      yield* waiting.splice(0);
      append = { stream: event.stream, events: [], bytes: 0 };
      waiting.push(append);
    }
    append.events.push(event);
    append.bytes += bytesOf(event);
  }
  yield* waiting;
}

const other = ({ position, stream, revision }: StoredEvent): StudioError =>
  new StudioError(
    'conflict',
    'append.conflict',
    `position ${position} (${stream} revision ${revision}) is not of the export: only a log that is empty, or holds the beginning of this very export, takes it`,
  );

/** Takes from the export what an earlier try has stored already; answers the heads of it. */
const passStored = async (
  store: EventStore,
  exported: AsyncIterator<StoredEvent>,
): Promise<Map<StreamName, Head>> => {
  const heads = new Map<StreamName, Head>();
  for await (const stored of wholeLog(store)) {
    const next = await exported.next();
    const isSame =
      next.done !== true && next.value.stream === stored.stream && next.value.hash === stored.hash;
    if (!isSame) throw other(stored);
    const { stream, revision, hash, position } = stored;
    heads.set(stream, { revision, hash, position });
  }
  return heads;
};

/**
 * Stores a whole export, which `checkExport` found sound, under the ids and hashes it had; positions are the new log's
 * own. One that was cut short goes on where it stopped. Errors as append; `append.conflict`: the log holds something
 * else; `log.corrupt`: a file is not what was written.
 */
export const importLog = async ({ store, files, source, folder }: ImportParts): Promise<void> => {
  const check = createFileCheck(source);

  const copyFiles = async (event: StoredEvent): Promise<void> => {
    const problem = await check.next(event);
    if (problem !== null) throw unsound(`position ${event.position}: ${problem}`);
    for (const { ref } of filesOfEvent(event)) {
      const bytes = await source.files.get(ref);
      if (bytes) await files.put(ref, bytes);
    }
  };

  const append = async (
    heads: Map<StreamName, Head>,
    { stream, events }: Append,
  ): Promise<void> => {
    for (const event of events) await copyFiles(event);
    heads.set(stream, await store.append(stream, heads.get(stream) ?? 'no_stream', events));
  };

  const exported = eventsOf(folder);
  try {
    const heads = await passStored(store, exported);
    for await (const next of appendsOf(exported)) await append(heads, next);
  } finally {
    await exported.return(undefined); // closes the file
  }
};
