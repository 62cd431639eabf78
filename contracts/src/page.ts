import { z } from 'zod';

/** A list that is read in pages. `total` counts all items that match, exactly unless `total_is_estimate` is there. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.number().int(),
    limit: z.number().int(),
    offset: z.number().int(),
    /** True when more than 10,000 items match and nobody counted them all. */
    total_is_estimate: z.literal(true).optional(),
  });

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly total_is_estimate?: true;
}
