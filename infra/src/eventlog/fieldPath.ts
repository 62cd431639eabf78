/** Keys from the root of an event's `data` down to a field. */
export type FieldPath = readonly string[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path as a JSON pointer (RFC 6901), as it is bound into sealed values: `/error/message`. */
export const pointerOf = (path: FieldPath): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** True when every key of the path is there, whatever the value. */
export const hasField = (root: unknown, path: FieldPath): boolean => {
  let value = root;
  for (const key of path) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return false;
    value = value[key];
  }
  return true;
};

/** The value at the path; undefined when it is absent. */
export const valueAt = (root: unknown, path: FieldPath): unknown => {
  let value = root;
  for (const key of path) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
};

/** A copy with another value at the path, the order of its members kept; `root` stays as it was. */
export const withValueAt = (
  root: unknown,
  path: FieldPath,
  value: unknown,
  depth = 0, // how much of the path was gone already
): unknown => {
  const key = path[depth];
  if (key === undefined) return value;
  const copy: Record<string, unknown> = isRecord(root) ? { ...root } : {};
  copy[key] = withValueAt(copy[key], path, value, depth + 1);
  return copy;
};

/** Calls `visit` with every record inside `root`, and its pointer. */
export const eachRecord = (
  root: unknown,
  visit: (record: Record<string, unknown>, pointer: string) => void,
  pointer = '',
): void => {
  if (Array.isArray(root))
    root.forEach((item, index) => eachRecord(item, visit, `${pointer}/${index}`));
  if (!isRecord(root)) return;
  visit(root, pointer);
  for (const [key, value] of Object.entries(root))
    eachRecord(value, visit, pointer + pointerOf([key]));
};
