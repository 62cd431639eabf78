/**
 * The chain hash travels as the first member of the metadata (ADR 0001) and is cut out before anybody reads
 * them: `{"hash":"<64 hex>",…`. Both ways the other bytes are left as they are.
 */
const opening = '{"hash":"';
const hashLength = 64;
const prefixLength = opening.length + hashLength + 1;
const hex = /^[0-9a-f]{64}$/;

/** `metadata` is the text of a JSON object. */
export const withHash = (hash: string, metadata: string): string =>
  `${opening}${hash}"${metadata.startsWith('{}') ? '' : ','}${metadata.slice(1)}`;

/** The hash, and the metadata without it; null when they carry none. */
export const cutHash = (text: string): { hash: string; metadata: string } | null => {
  const hash = text.slice(opening.length, opening.length + hashLength);
  if (!text.startsWith(opening) || !hex.test(hash) || text[prefixLength - 1] !== '"') return null;
  const rest = text.slice(prefixLength);
  return { hash, metadata: `{${rest.startsWith(',') ? rest.slice(1) : rest}` };
};
