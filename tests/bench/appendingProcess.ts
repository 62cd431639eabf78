import { createInterface } from 'node:readline';

import { createPostgresEventStore } from '@studio/infra';

import { appending } from './storeEvents.ts';

/** A process of its own that appends with so many writers for as many milliseconds as each line of input says, and prints how often. */
const [url = '', count = '1'] = process.argv.slice(2);
const writers = Number(count);
const store = await createPostgresEventStore({ url });
const step = appending(store, writers);

const write = async (writer: number, until: number): Promise<number> => {
  let steps = 0;
  for (; performance.now() < until; steps += 1) await step(writer);
  return steps;
};

for await (const line of createInterface({ input: process.stdin })) {
  const until = performance.now() + Number(line);
  const steps = await Promise.all(Array.from({ length: writers }, (_, at) => write(at, until)));
  process.stdout.write(`${steps.reduce((sum, each) => sum + each, 0)}\n`);
}
await store.close();
