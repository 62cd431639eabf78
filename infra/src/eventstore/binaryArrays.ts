/**
 * Arrays as PostgreSQL receives them in binary format (`array_recv`). They need no escaping on
 * either side, and a length-prefixed text of the hash chain is an element as it stands.
 */
const headerBytes = 20;
const elementTypes = { bytea: 17, int8: 20, int4: 23, text: 25, uuid: 2950 } as const;
type ElementType = keyof typeof elementTypes;

const lengthPrefix = (length: number): Buffer => {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeInt32BE(length, 0);
  return prefix;
};

const header = (type: ElementType, count: number, hasNulls: boolean): Buffer => {
  const bytes = Buffer.allocUnsafe(headerBytes);
  bytes.writeInt32BE(1, 0); // dimensions
  bytes.writeInt32BE(hasNulls ? 1 : 0, 4);
  bytes.writeInt32BE(elementTypes[type], 8);
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16); // lower bound
  return bytes;
};

/** An array of elements that carry their length prefix already. */
export const framedArray = (type: ElementType, elements: readonly Buffer[]): Buffer =>
  Buffer.concat([header(type, elements.length, false), ...elements]);

const nullElement = lengthPrefix(-1);

export const bytesArray = (type: ElementType, elements: readonly (Buffer | null)[]): Buffer => {
  const parts = [header(type, elements.length, elements.includes(null))];
  for (const element of elements)
    if (element) parts.push(lengthPrefix(element.length), element);
    else parts.push(nullElement);
  return Buffer.concat(parts);
};

export const textArray = (texts: readonly string[]): Buffer =>
  bytesArray(
    'text',
    texts.map((text) => Buffer.from(text)),
  );

/** UUIDs, which are 16 bytes each on the wire. */
export const uuidArray = (ids: readonly string[]): Buffer => {
  const bytes = Buffer.allocUnsafe(ids.length * 20);
  ids.forEach((id, index) => {
    bytes.writeInt32BE(16, index * 20);
    bytes.write(id.replaceAll('-', ''), index * 20 + 4, 16, 'hex');
  });
  return Buffer.concat([header('uuid', ids.length, false), bytes]);
};

export const int4Array = (numbers: readonly number[]): Buffer => {
  const bytes = Buffer.allocUnsafe(numbers.length * 8);
  numbers.forEach((number, index) => {
    bytes.writeInt32BE(4, index * 8);
    bytes.writeInt32BE(number, index * 8 + 4);
  });
  return Buffer.concat([header('int4', numbers.length, false), bytes]);
};

export const int8Array = (numbers: readonly number[]): Buffer => {
  const bytes = Buffer.allocUnsafe(numbers.length * 12);
  numbers.forEach((number, index) => {
    bytes.writeInt32BE(8, index * 12);
    bytes.writeBigInt64BE(BigInt(number), index * 12 + 4);
  });
  return Buffer.concat([header('int8', numbers.length, false), bytes]);
};
