/** Things made ahead, a batch at a time; whoever takes one waits only while there is none. */
export interface Reserve<Item> {
  take(): Promise<Item>;
}

export const createReserve = <Item>({
  make,
  refillUnder,
}: {
  /** Makes the next batch. Its error reaches those who wait for an item, and the next to take tries again. */
  make: () => Promise<readonly Item[]>;
  refillUnder: number;
}): Reserve<Item> => {
  const ready: Item[] = [];
  let refilling: Promise<void> | undefined;

  const refill = (): Promise<void> => {
    refilling ??= make()
      .then((items) => void ready.push(...items))
      .finally(() => (refilling = undefined));
    return refilling;
  };

  const take = async (): Promise<Item> => {
    for (;;) {
      const item = ready.shift();
      if (item === undefined) {
        await refill();
        continue;
      }
      // Nobody waits for this refill; if it fails, the one who finds the reserve empty is told.
      if (ready.length < refillUnder) refill().catch(() => undefined);
      return item;
    }
  };
  return { take };
};
