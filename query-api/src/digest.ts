import { createHash } from 'node:crypto';

import type { Run } from '@studio/domain';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members in one order, maps and sets as lists: equal states have equal texts, whoever folded them. */
const ordered = (value: unknown): unknown => {
  if (value instanceof Map)
    return [...value].map(([key, item]) => [String(key), ordered(item)] as const).sort(byFirst);
  if (value instanceof Set) return [...value].map(String).sort();
  if (Array.isArray(value)) return value.map(ordered);
  if (!isRecord(value)) return value;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => [key, ordered(value[key])]);
  return { $: members }; // not an object again: that would sort keys like `7` before the others
};

const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : Number(a > b);

/** SHA-256 of a run's whole state, 64 lower-case hex characters. */
export const digestOf = (run: Run): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(run)))
    .digest('hex');
