/**
 * Arrays as PostgreSQL receives them in binary format (`array_recv`). They need no escaping on
 * either side, and a length-prefixed text of the hash chain is an element as it stands.
 */
const headerBytes = 20;
const elementTypes = { bytea: 17, int8: 20, int4: 23, text: 25, uuid: 2950 } as const;
type ElementType = keyof typeof elementTypes;

/** An array with its header written and room for so many bytes of elements. */
const arrayOf = (
  type: ElementType,
  count: number,
  elementBytes: number,
  hasNulls = false,
): Buffer => {
  const bytes = Buffer.allocUnsafe(headerBytes + elementBytes);
  bytes.writeInt32BE(1, 0); // dimensions
  bytes.writeInt32BE(hasNulls ? 1 : 0, 4);
  bytes.writeInt32BE(elementTypes[type], 8);
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16); // lower bound
  return bytes;
};

/** Where in an item's bytes an element lies, its length prefix included. */
export interface Framing<Item> {
  readonly bytes: (item: Item) => Buffer;
  readonly start: (item: Item) => number;
  readonly end: (item: Item) => number;
}

/** An array of texts that the items hold ready. */
export const framedArray = <Item>(
  items: readonly Item[],
  { bytes, start, end }: Framing<Item>,
): Buffer => {
  let size = 0;
  for (const item of items) size += end(item) - start(item);
  const array = arrayOf('text', items.length, size);
  let at = headerBytes;
  for (const item of items) at += bytes(item).copy(array, at, start(item), end(item));
  return array;
};

export const textArray = (texts: readonly string[]): Buffer => {
  let size = 0;
  for (const text of texts) size += 4 + Buffer.byteLength(text);
  const array = arrayOf('text', texts.length, size);
  let at = headerBytes;
  for (const text of texts) {
    const length = array.write(text, at + 4);
    at = array.writeInt32BE(length, at) + length;
  }
  return array;
};

export const byteaArray = (values: readonly Uint8Array[]): Buffer => {
  let size = 0;
  for (const value of values) size += 4 + value.length;
  const array = arrayOf('bytea', values.length, size);
  let at = headerBytes;
  for (const value of values) {
    at = array.writeInt32BE(value.length, at);
    array.set(value, at);
    at += value.length;
  }
  return array;
};

const hashBytes = 32;

/** Digests as `bytea`, from their 64 hex characters. */
export const hashArray = (hashes: readonly (string | null)[]): Buffer => {
  const nulls = hashes.reduce((count, hash) => (hash === null ? count + 1 : count), 0);
  const size = hashes.length * 4 + (hashes.length - nulls) * hashBytes;
  const array = arrayOf('bytea', hashes.length, size, nulls > 0);
  let at = headerBytes;
  for (const hash of hashes) {
    at = array.writeInt32BE(hash === null ? -1 : hashBytes, at);
    if (hash !== null) at += array.write(hash, at, hashBytes, 'hex');
  }
  return array;
};

const dash = 45;
/** Of a lower-case hex digit's character code. */
const hexValue = (code: number): number => (code < 58 ? code - 48 : code - 87);

/** UUIDs in lower case, which are 16 bytes each on the wire. */
export const uuidArray = (ids: readonly string[]): Buffer => {
  const array = arrayOf('uuid', ids.length, ids.length * 20);
  let at = headerBytes;
  for (const id of ids) {
    at = array.writeInt32BE(16, at);
    for (let from = 0; from < id.length; from += 2) {
      if (id.charCodeAt(from) === dash) from += 1;
      array[at] = (hexValue(id.charCodeAt(from)) << 4) | hexValue(id.charCodeAt(from + 1));
      at += 1;
    }
  }
  return array;
};

export const int4Array = (numbers: readonly number[]): Buffer => {
  const array = arrayOf('int4', numbers.length, numbers.length * 8);
  let at = headerBytes;
  for (const number of numbers) at = array.writeInt32BE(number, array.writeInt32BE(4, at));
  return array;
};

export const int8Array = (numbers: readonly number[]): Buffer => {
  const array = arrayOf('int8', numbers.length, numbers.length * 12);
  let at = headerBytes;
  for (const number of numbers) {
    at = array.writeInt32BE(Math.floor(number / 2 ** 32), array.writeInt32BE(8, at));
    at = array.writeUInt32BE(number >>> 0, at);
  }
  return array;
};
