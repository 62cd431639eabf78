import type { ColumnType } from './rowChanges.ts';

/**
 * Columns of values as PostgreSQL receives arrays in binary format (`array_recv`): nothing is escaped
 * here or parsed there. A value that does not fit its column throws a TypeError.
 */
interface Form {
  /** Of the element, in `pg_type`. */
  readonly oid: number;
  /** The most bytes that the value can take. */
  readonly room: (value: unknown) => number;
  /** Writes the value, which is not null, and tells how many bytes it took. */
  readonly write: (into: Buffer, at: number, value: unknown) => number;
}

const misfit = (value: unknown): TypeError =>
  new TypeError(`a ${typeof value} does not fit its column`); // never the value: it may be a payload

const asText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw misfit(value);
};

const maxBytesACharacter = 3; // UTF-8 of one UTF-16 unit

const text: Form = {
  oid: 25,
  room: (value) => asText(value).length * maxBytesACharacter,
  write: (into, at, value) => into.write(asText(value), at),
};

const writeInt4 = (into: Buffer, at: number, value: unknown): number => {
  if (typeof value !== 'number' || value !== (value | 0)) throw misfit(value);
  into.writeInt32BE(value, at);
  return 4;
};

const writeInt8 = (into: Buffer, at: number, value: unknown): number => {
  if (!Number.isSafeInteger(value)) throw misfit(value);
  const whole = Number(value);
  into.writeInt32BE(Math.floor(whole / 2 ** 32), at);
  into.writeUInt32BE(whole >>> 0, at + 4);
  return 8;
};

/** PostgreSQL counts microseconds from here. */
const year2000Ms = Date.UTC(2000, 0, 1);

/** Rows of a batch are of the same few milliseconds: a text is parsed once in a row of its like. */
let parsed = { text: '', ms: Number.NaN };
const msOf = (text: string): number => {
  if (parsed.text !== text) parsed = { text, ms: Date.parse(text) };
  return parsed.ms;
};

const writeInstant = (into: Buffer, at: number, value: unknown): number => {
  const sinceMs = msOf(asText(value)) - year2000Ms;
  if (Number.isNaN(sinceMs)) throw misfit(value);
  const sinceUs = sinceMs * 1_000;
  if (Number.isSafeInteger(sinceUs)) return writeInt8(into, at, sinceUs);
  into.writeBigInt64BE(BigInt(sinceMs) * 1_000n, at); // a far instant
  return 8;
};

const writePosition = (into: Buffer, at: number, value: unknown): number => {
  if (typeof value !== 'bigint') throw misfit(value);
  into.writeBigInt64BE(value, at);
  return 8;
};

const forms: Readonly<Record<ColumnType, Form>> = {
  id: text,
  text,
  int: { oid: 23, room: () => 4, write: writeInt4 },
  count: { oid: 20, room: () => 8, write: writeInt8 },
  position: { oid: 20, room: () => 8, write: writePosition },
  boolean: {
    oid: 16,
    room: () => 1,
    write: (into, at, value) => into.writeUInt8(value ? 1 : 0, at) - at,
  },
  instant: { oid: 1184, room: () => 8, write: writeInstant },
  json: {
    oid: 3802,
    room: (value) => 1 + asText(value).length * maxBytesACharacter,
    write: (into, at, value) => {
      into[at] = 1; // the format's version, which stands before the text
      return 1 + text.write(into, at + 1, value);
    },
  },
};

const headerBytes = 20;
const lengthBytes = 4;

const roomFor = ({ room }: Form, values: readonly unknown[]): number => {
  let bytes = headerBytes;
  for (const value of values) bytes += lengthBytes + (value === null ? 0 : room(value));
  return bytes;
};

export const binaryArray = (type: ColumnType, values: readonly unknown[]): Buffer => {
  const form = forms[type];
  const into = Buffer.allocUnsafe(roomFor(form, values));
  into.writeInt32BE(1, 0); // dimensions
  into.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  into.writeInt32BE(form.oid, 8);
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16); // lower bound
  let at = headerBytes;
  for (const value of values) {
    const bytes = value === null ? -1 : form.write(into, at + lengthBytes, value);
    into.writeInt32BE(bytes, at);
    at += lengthBytes + Math.max(bytes, 0);
  }
  return into.subarray(0, at);
};
