import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStore } from '@studio/contracts';
import { createEventStoreDbStore } from '@studio/infra';

import { anExecution, events } from '../contract/logEvents.ts';
import { type Imitation, startImitation } from '../fixtures/eventStoreDbImitation/imitation.ts';

let server: Imitation;
let store: EventStore;
let troubles: unknown[];
beforeEach(async () => {
  troubles = [];
  server = await startImitation();
  store = await createEventStoreDbStore({
    url: server.url,
    appendTimeoutMs: 1_000, // an append that goes well fits in, on a busy machine too
    onTrouble: (error) => troubles.push(error),
  });
});
afterEach(async () => {
  await store.close();
  server.close();
});

it.each(['unanswered', 'ignored', 'stalled'] as const)(
  'an append that is %s goes through once',
  async (mischief) => {
    const stream = anExecution();
    const first = await store.append(stream, 'no_stream', events(1));
    server.mischief.push(mischief);
    const head = await store.append(stream, first, events(2));
    expect(troubles).toHaveLength(1);
    expect(await store.head(stream)).toEqual(head);
    expect(await store.readStream(stream)).toHaveLength(3);
  },
);

it('appends of others over a call that stalls go through once each', async () => {
  const streams = Array.from({ length: 40 }, anExecution);
  server.mischief.push('stalled');
  const heads = await Promise.all(
    streams.map((stream) => store.append(stream, 'no_stream', events(2))),
  );
  for (const [index, stream] of streams.entries()) {
    expect(await store.head(stream)).toEqual(heads[index]);
    expect(await store.readStream(stream)).toHaveLength(2);
  }
});

it('what comes while an append waits for its answer does not end with it', async () => {
  server.mischief.push('ignored');
  const waiting = store.append(anExecution(), 'no_stream', events(1));
  const others = Array.from({ length: 20 }, () =>
    store.append(anExecution(), 'no_stream', events(1)),
  );
  await Promise.all(others);
  expect(troubles).toHaveLength(0);
  await waiting;
  expect(troubles).toHaveLength(1);
});
