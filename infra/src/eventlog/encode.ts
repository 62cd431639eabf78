import { createHash } from 'node:crypto';

import {
  claimCheckThresholdBytes,
  type EventToAppend,
  type KeyId,
  maxAppendBytes,
  type NewEvent,
  type SealedBy,
  type StreamName,
  StudioError,
} from '@studio/contracts';

import { hasField, valueAt, withValueAt } from './fieldPath.ts';
import { claimOf, type FileRef, looksLikeClaim, sealedInFile, sealedInline } from './forms.ts';
import { type Mark, marksOf } from './marks.ts';
import { ciphertextBytes, ivBytes, sealText } from './sealing.ts';

/** A source of unpredictable bytes; fixed only in the golden vectors. */
export type RandomSource = (bytes: number) => Buffer;

export interface DataKey {
  readonly id: KeyId;
  readonly bytes: Uint8Array;
}
export type DataKeys = Partial<Record<SealedBy, DataKey>>;

/** The bytes of an append: `files` must be on disk before `events` are appended. */
export interface EncodedAppend {
  readonly events: readonly EventToAppend[];
  readonly files: readonly { readonly ref: string; readonly bytes: Uint8Array }[];
}

/** One marked value, ready to stand in the event or to lie in a file. */
interface Placed {
  readonly mark: Mark;
  readonly inline: unknown;
  readonly inlineBytes: number;
  readonly file: Buffer;
  readonly inFile: (file: FileRef) => unknown;
  moved: boolean;
}

interface Draft {
  readonly event: NewEvent;
  readonly metadata: string;
  readonly placed: readonly Placed[];
  data: string;
}

/** A smaller value would leave hardly less behind than it takes away. */
const worthMovingBytes = 1024;

const refOf = (workspaceId: string, bytes: Buffer): FileRef => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ref: `${workspaceId}/${sha256}`, sha256, bytes: bytes.length };
};

const seal = (
  mark: Mark,
  key: DataKey | undefined,
  event: NewEvent & { stream: StreamName },
  random: RandomSource,
): Placed => {
  const where = `${event.type}${mark.pointer}`;
  if (!key) throw new TypeError(`${where}: the append names no data key for it`);
  // JSON.stringify answers undefined for what has no JSON text, which its type does not say.
  const text = JSON.stringify(valueAt(event.data, mark.path)) as string | undefined;
  if (text === undefined) throw new TypeError(`${where}: undefined cannot be sealed`);
  const iv = random(ivBytes);
  const place = { stream: event.stream, eventId: event.eventId, pointer: mark.pointer };
  const bytes = sealText(text, place, { key: key.bytes, iv });
  const inline = sealedInline(key.id, iv, bytes);
  return {
    mark,
    inline,
    inlineBytes: bytes.length,
    file: bytes,
    inFile: (file) => sealedInFile(key.id, iv, file),
    moved: ciphertextBytes(bytes) > claimCheckThresholdBytes,
  };
};

const placePlain = (mark: Mark, event: NewEvent): Placed => {
  const inline = valueAt(event.data, mark.path);
  const file = Buffer.from(JSON.stringify(inline));
  return {
    mark,
    inline,
    inlineBytes: file.length,
    file,
    inFile: claimOf,
    // A caller's value in the form of a claim goes to a file however small: inline it would be believed.
    moved: file.length > claimCheckThresholdBytes || looksLikeClaim(inline),
  };
};

const dataText = ({ event, placed }: Omit<Draft, 'data'>): string => {
  const { workspaceId } = event.metadata;
  return JSON.stringify(
    placed.reduce<unknown>((data, { mark, inline, file, inFile, moved }) => {
      const value = moved ? inFile(refOf(workspaceId, file)) : inline;
      return withValueAt(data, mark.path, value);
    }, event.data),
  );
};

const sizeOf = ({ data, metadata }: Draft): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata);

/** Moves the largest values that still stand inline into files, until the append fits. */
const shrink = (stream: StreamName, drafts: readonly Draft[]): void => {
  let total = drafts.reduce((sum, draft) => sum + sizeOf(draft), 0);
  if (total <= maxAppendBytes) return;
  const largestFirst = drafts
    .flatMap((draft) => draft.placed.map((placed) => ({ draft, placed })))
    .filter(({ placed }) => !placed.moved && placed.inlineBytes > worthMovingBytes)
    .sort((a, b) => b.placed.inlineBytes - a.placed.inlineBytes);
  for (const { draft, placed } of largestFirst) {
    if (total <= maxAppendBytes) return;
    const before = sizeOf(draft);
    placed.moved = true;
    draft.data = dataText(draft);
    total += sizeOf(draft) - before;
  }
  if (total > maxAppendBytes)
    throw new StudioError('too_large', 'append.too_large', `${stream}: ${total} bytes of events`);
};

/** The data keys that these events need. */
export const sealersOf = (events: readonly NewEvent[]): readonly SealedBy[] => {
  const used = events.flatMap(({ type, data }) =>
    marksOf(type).flatMap(({ path, sealedBy }) =>
      sealedBy && hasField(data, path) ? [sealedBy] : [],
    ),
  );
  return [...new Set(used)];
};

/** Seals and places every marked value, and writes the texts that the log keeps. */
export const encodeAppend = (
  stream: StreamName,
  events: readonly NewEvent[],
  keys: DataKeys,
  random: RandomSource,
): EncodedAppend => {
  const drafts = events.map((event): Draft => {
    const placed = marksOf(event.type)
      .filter(({ path }) => hasField(event.data, path))
      .filter(({ path, sealedBy }) => sealedBy ?? valueAt(event.data, path) !== undefined)
      .map((mark) =>
        mark.sealedBy
          ? seal(mark, keys[mark.sealedBy], { ...event, stream }, random)
          : placePlain(mark, event),
      );
    const draft = { event, metadata: JSON.stringify(event.metadata), placed };
    return { ...draft, data: dataText(draft) };
  });
  shrink(stream, drafts);
  return {
    events: drafts.map(({ event, data, metadata }) => ({
      eventId: event.eventId,
      type: event.type,
      data,
      metadata,
    })),
    files: drafts.flatMap(({ event, placed }) =>
      placed
        .filter(({ moved }) => moved)
        .map(({ file }) => ({ ref: refOf(event.metadata.workspaceId, file).ref, bytes: file })),
    ),
  };
};
