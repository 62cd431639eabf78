import type { EventStore } from '@studio/contracts';
import { createEventStoreDbStore } from '@studio/infra';

import { aPrefix } from '../fixtures/eventStoreDb.ts';
import { openBareClient } from './bareClient.ts';
import type { Bench } from './bench.ts';
import { benchLine, newMeasured } from './benchLine.ts';
import type { RawLoop } from './rawLoop.ts';
import { alternate, type Slices, type Step } from './slices.ts';

export interface AppendLoad {
  readonly appending: (store: EventStore, writers: number) => Step;
  readonly inserting: (raw: RawLoop, writers: number) => Step;
}

/** The adapter's appends beside those of the server's own client, on the server of EVENTSTOREDB_URL. */
export const appendsOnEventStoreDb = async (
  url: string,
  load: AppendLoad,
  slices: Omit<Slices, 'writers'>,
  report: Parameters<Bench>[0],
): Promise<void> => {
  const store = await createEventStoreDbStore({ url, prefix: aPrefix() });
  const bare = openBareClient(url, aPrefix());
  for (const writers of [64, 256, 1]) {
    const [ours, theirs] = [newMeasured(), newMeasured()];
    const sides = [
      { step: load.appending(store, writers), into: ours },
      { step: load.inserting(bare, writers), into: theirs },
    ];
    await alternate(sides, { ...slices, writers });
    const comparison = { bench: 'store', concurrency: writers, unit: 'appends/s', ours, theirs };
    const what = { case: 'append-eventstoredb', baseline: "the server's own client" };
    report(benchLine({ ...comparison, ...what }));
  }
  await bare.close();
  await store.close();
};
