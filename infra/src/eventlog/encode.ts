import { createHash } from 'node:crypto';

import {
  claimCheckThresholdBytes,
  type DataKey,
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

export interface NamedKey {
  readonly id: KeyId;
  readonly key: DataKey;
}
export type NamedKeys = Readonly<Partial<Record<SealedBy, NamedKey>>>;

/** What seals the events of one append. */
export interface Sealing {
  readonly stream: StreamName;
  readonly keys: NamedKeys;
  readonly random: RandomSource;
}

interface FileToPut {
  readonly ref: string;
  readonly bytes: Uint8Array;
}

/** The bytes of an append: `files` must be on disk before `events` are appended. */
export interface EncodedAppend {
  readonly events: readonly EventToAppend[];
  readonly files: readonly FileToPut[];
}

/** One marked value, ready to stand in the event or to lie in a file. */
interface Placed {
  readonly mark: Mark;
  readonly inline: unknown;
  /** What would lie in the file. */
  readonly bytes: () => Buffer;
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

const seal = (event: NewEvent, mark: Mark, value: unknown, sealing: Sealing): Placed => {
  const { stream, keys, random } = sealing;
  const named = mark.sealedBy && keys[mark.sealedBy];
  if (!named)
    throw new TypeError(`${event.type}${mark.pointer}: the append names no data key for it`);
  // JSON.stringify answers undefined for what has no JSON text, which its type does not say.
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined)
    throw new TypeError(`${event.type}${mark.pointer}: undefined cannot be sealed`);
  const { id, key } = named;
  const iv = random(ivBytes);
  const place = { stream, eventId: event.eventId, pointer: mark.pointer };
  const bytes = sealText(text, place, { key, iv });
  return {
    mark,
    inline: sealedInline(id, iv, bytes),
    bytes: () => bytes,
    inFile: (file) => sealedInFile(id, iv, file),
    moved: ciphertextBytes(bytes) > claimCheckThresholdBytes,
  };
};

const placePlain = (mark: Mark, inline: unknown): Placed => {
  let bytes: Buffer | undefined;
  return {
    mark,
    inline,
    bytes: () => (bytes ??= Buffer.from(JSON.stringify(inline))),
    inFile: claimOf,
    // A caller's value in the form of a claim goes to a file however small: inline it would be believed.
    moved: looksLikeClaim(inline),
  };
};

/** Every marked value that the event has. A sealed field that is there but undefined is refused. */
const placeMarked = (event: NewEvent, sealing: Sealing): Placed[] => {
  const placed: Placed[] = [];
  for (const mark of marksOf(event.type)) {
    const value = valueAt(event.data, mark.path);
    if (!mark.sealedBy) {
      if (value !== undefined) placed.push(placePlain(mark, value));
    } else if (value !== undefined || hasField(event.data, mark.path))
      placed.push(seal(event, mark, value, sealing));
  }
  return placed;
};

const dataText = (event: NewEvent, placed: readonly Placed[]): string => {
  let data: unknown = event.data;
  for (const { mark, inline, bytes, inFile, moved } of placed) {
    if (!moved && !mark.sealedBy) continue; // stands there as it is
    const value = moved ? inFile(refOf(event.metadata.workspaceId, bytes())) : inline;
    data = withValueAt(data, mark.path, value);
  }
  return JSON.stringify(data);
};

const maxBytesACharacter = 3; // UTF-8 of one UTF-16 unit

/** Moves each plain value that is too large; in a short text none can be, so nothing is measured. */
const moveLarge = (draft: Draft): void => {
  if (draft.data.length * maxBytesACharacter <= claimCheckThresholdBytes) return;
  const large = draft.placed.filter(
    ({ mark, moved, bytes }) =>
      !moved && !mark.sealedBy && bytes().length > claimCheckThresholdBytes,
  );
  for (const placed of large) placed.moved = true;
  if (large.length > 0) draft.data = dataText(draft.event, draft.placed);
};

const sizeOf = ({ data, metadata }: Draft): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata);

const mostBytesOf = ({ data, metadata }: Draft): number =>
  (data.length + metadata.length) * maxBytesACharacter;

/** Moves the largest values that still stand inline into files, until the append fits. */
const shrink = (stream: StreamName, drafts: readonly Draft[]): void => {
  if (drafts.reduce((sum, draft) => sum + mostBytesOf(draft), 0) <= maxAppendBytes) return;
  let total = drafts.reduce((sum, draft) => sum + sizeOf(draft), 0);
  if (total <= maxAppendBytes) return;
  const largestFirst = drafts
    .flatMap((draft) => draft.placed.map((placed) => ({ draft, placed })))
    .filter(({ placed }) => !placed.moved && placed.bytes().length > worthMovingBytes)
    .sort((a, b) => b.placed.bytes().length - a.placed.bytes().length);
  for (const { draft, placed } of largestFirst) {
    if (total <= maxAppendBytes) return;
    const before = sizeOf(draft);
    placed.moved = true;
    draft.data = dataText(draft.event, draft.placed);
    total += sizeOf(draft) - before;
  }
  if (total > maxAppendBytes)
    throw new StudioError('too_large', 'append.too_large', `${stream}: ${total} bytes of events`);
};

/** The data keys that these events need. */
export const sealersOf = (events: readonly NewEvent[]): readonly SealedBy[] => {
  const used: SealedBy[] = [];
  for (const { type, data } of events)
    for (const { path, sealedBy } of marksOf(type))
      if (sealedBy && !used.includes(sealedBy) && hasField(data, path)) used.push(sealedBy);
  return used;
};

/** Events of one append often share their metadata: its text is made once. */
const draftsOf = (events: readonly NewEvent[], sealing: Sealing): Draft[] => {
  let told: Draft | undefined;
  return events.map((event) => {
    const placed = placeMarked(event, sealing);
    const metadata =
      told?.event.metadata === event.metadata ? told.metadata : JSON.stringify(event.metadata);
    told = { event, metadata, placed, data: dataText(event, placed) };
    moveLarge(told);
    return told;
  });
};

const filesOf = (drafts: readonly Draft[]): FileToPut[] => {
  const files: FileToPut[] = [];
  for (const { event, placed } of drafts)
    for (const { moved, bytes } of placed)
      if (moved)
        files.push({ ref: refOf(event.metadata.workspaceId, bytes()).ref, bytes: bytes() });
  return files;
};

/** Seals and places every marked value, and writes the texts that the log keeps. */
export const encodeAppend = (events: readonly NewEvent[], sealing: Sealing): EncodedAppend => {
  const drafts = draftsOf(events, sealing);
  shrink(sealing.stream, drafts);
  return {
    events: drafts.map(({ event, data, metadata }) => ({
      eventId: event.eventId,
      type: event.type,
      data,
      metadata,
    })),
    files: filesOf(drafts),
  };
};
