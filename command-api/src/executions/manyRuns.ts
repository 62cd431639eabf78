import type { Head } from '@studio/contracts';

/** So many runs are loaded and told at the same time. */
const atOnce = 8;

/** Does the work for each, a few at the same time; what came of it in their order. */
export const inLots = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  return results;
};

/** Where the last of the facts stands that were told many runs; null where there are none. */
export const latestHead = (heads: readonly (Head | null)[]): Head | null =>
  heads.reduce(
    (last, head) => (head && head.position > (last?.position ?? 0n) ? head : last),
    null,
  );
