import type { Page } from '@studio/contracts';

import type { Counted } from './totals.ts';

/** One page of a list, as every list is answered. */
export const pageAnswer = <Item>(
  items: readonly Item[],
  { total, isEstimate }: Counted,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Page<Item> => ({
  ...{ items, total, limit, offset },
  ...(isEstimate ? { total_is_estimate: true } : {}),
});
