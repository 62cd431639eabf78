import { logRows } from './logRows.ts';
import type { LogAccess } from './logStore.ts';

/**
 * The position behind which the last so many events up to `until` lie; 0n when there are no more than those. Where
 * positions have gaps, the log is read for it from its beginning.
 */
export const startOfLast = async (
  { store, gapless }: Pick<LogAccess, 'store' | 'gapless'>,
  count: number,
  until: bigint,
): Promise<bigint> => {
  if (gapless) return until > BigInt(count) ? until - BigInt(count) : 0n;
  const last: bigint[] = [];
  for await (const { position } of logRows(store, { after: 0n, until })) {
    last.push(position);
    if (last.length > count + 1) last.shift();
  }
  return last.length > count ? (last[0] ?? 0n) : 0n;
};
