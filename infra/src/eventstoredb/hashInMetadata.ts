/**
 * The chain hash travels as the first member of the metadata (ADR 0001) and is cut out before anybody reads
 * them: `{"hash":"<64 hex>",…`. Both ways the other bytes are left as they are.
 */
const opening = '{"hash":"';
const hashLength = 64;
const prefixLength = opening.length + hashLength + 1;
const hex = /^[0-9a-f]{64}$/;

/** What stands behind the hash: further members, the end of the object, or a text that is no object at all. */
const joined = (metadata: string): string => {
  if (!metadata.startsWith('{')) return `|${metadata}`; // nothing of ours; it comes back all the same
  return metadata.startsWith('{}') ? metadata.slice(1) : `,${metadata.slice(1)}`;
};

const parted = (rest: string): string => {
  if (rest.startsWith('|')) return rest.slice(1);
  return `{${rest.startsWith(',') ? rest.slice(1) : rest}`;
};

export const withHash = (hash: string, metadata: string): string =>
  `${opening}${hash}"${joined(metadata)}`;

/** The hash, and the metadata without it; null when they carry none. */
export const cutHash = (text: string): { hash: string; metadata: string } | null => {
  const hash = text.slice(opening.length, opening.length + hashLength);
  if (!text.startsWith(opening) || !hex.test(hash) || text[prefixLength - 1] !== '"') return null;
  return { hash, metadata: parted(text.slice(prefixLength)) };
};
