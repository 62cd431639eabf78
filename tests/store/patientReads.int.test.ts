import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStore, StreamName } from '@studio/contracts';
import { createEventStoreDbStore } from '@studio/infra';

import { writeAlone } from '../contract/logEvents.ts';
import { breakable, type TestEventStoreDb } from '../fixtures/eventStoreDb.ts';
import { type Imitation, startImitation } from '../fixtures/eventStoreDbImitation/imitation.ts';

let server: Imitation;
let reached: TestEventStoreDb;
let store: EventStore;
let stream: StreamName;
beforeEach(async () => {
  server = await startImitation();
  reached = await breakable(server.url);
  store = await createEventStoreDbStore({ url: reached.url, patienceMs: 2_000 });
  stream = await writeAlone(store, 20);
});
afterEach(async () => {
  await store.close();
  await reached.close();
  server.close();
});

const readings = () => [
  store.head(stream),
  store.readStream(stream),
  store.readAll({ after: 0n }),
  store.lastPosition(),
];

it('a read whose connection breaks is asked again, and answers as ever', async () => {
  const before = await Promise.all(readings());
  for (let round = 0; round < 10; round += 1) {
    const reading = Promise.all(readings());
    await reached.breakConnections();
    expect(await reading).toEqual(before);
  }
});

it('a server that stays out of reach is `log.unavailable` in the end, also for who opens the log', async () => {
  await reached.close();
  const opening = createEventStoreDbStore({ url: reached.url, patienceMs: 500 });
  const unavailable = { status: 'rejected', reason: { code: 'log.unavailable' } };
  const settled = await Promise.allSettled([...readings(), opening]);
  expect(settled).toMatchObject(settled.map(() => unavailable));
});

it('a store that is closed asks no more', async () => {
  store = await createEventStoreDbStore({ url: server.url, patienceMs: 3_600_000 });
  server.close();
  const read = expect(store.head(stream)).rejects.toMatchObject({ code: 'log.unavailable' });
  await store.close();
  await read;
});
