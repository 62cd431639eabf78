import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from '@jest/globals';
import type { EventLog, RecordedBatch, RecordedEvent } from '@studio/contracts';

import { follow } from './following.ts';
import { defaultPace } from './pace.ts';
import type { Writer } from './writer.ts';

/** A log whose one event a millisecond is handed over in batches, as a level subscriber gets them. */
const streaming = (stopping: AbortSignal): Pick<EventLog, 'subscribe'> => ({
  async *subscribe(): AsyncGenerator<RecordedBatch> {
    const began = performance.now();
    let taken = 0n;
    while (!stopping.aborted) {
      await sleep(1);
      const upTo = BigInt(Math.ceil(performance.now() - began));
      const events = Array.from({ length: Number(upTo - taken) }, () => ({}) as RecordedEvent); // only counted
      taken = upTo;
      if (events.length > 0) yield { events, upTo };
    }
  },
});

/** When the writes came, in milliseconds after the first one. */
const writesWithin = async (ms: number, awaitedAt: number): Promise<number[]> => {
  const stopping = new AbortController();
  const began = performance.now();
  const writes: number[] = [];
  const writer: Writer = {
    checkpoint: () => 0n,
    parkedCount: () => 0,
    write: (events) => {
      if (events.length > 0) writes.push(performance.now() - began);
      return Promise.resolve(true);
    },
    retryParked: () => Promise.resolve(true),
  };
  const following = follow({
    ...{
      writer,
      types: [],
      subscriber: 'a test',
      stopping: stopping.signal,
      inTurn: (work) => work(),
    },
    log: streaming(stopping.signal) as EventLog, // the rest is not called
    pace: { ...defaultPace, betweenWrites: 20, betweenUnawaitedWrites: 200 },
    reached: () => undefined,
    awaitedWithin: (atMost) =>
      sleep(Math.max(0, Math.min(atMost, began + awaitedAt - performance.now()))),
    onTrouble: () => undefined,
    stored: () => Promise.resolve(writer.checkpoint()),
  });
  await sleep(ms);
  stopping.abort();
  await following;
  return writes.map((at) => at - (writes[0] ?? 0));
};

it('writes the first events at once, and lets later ones gather while nobody waits', async () => {
  const writes = await writesWithin(500, Infinity);
  expect(writes.length).toBeGreaterThanOrEqual(2);
  expect(writes.length).toBeLessThanOrEqual(4);
});

it('writes sooner while somebody waits', async () => {
  expect((await writesWithin(500, 0)).length).toBeGreaterThan(6);
});

it('cuts the gathering short when somebody begins to wait', async () => {
  const writes = await writesWithin(400, 60);
  const [gathered = Infinity] = writes.filter((at) => at > 40); // the first two come at once
  expect(gathered).toBeLessThan(180);
});
