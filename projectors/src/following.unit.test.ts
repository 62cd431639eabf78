import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from '@jest/globals';
import type { EventLog, RecordedBatch, RecordedEvent } from '@studio/contracts';

import { follow } from './following.ts';
import { defaultPace } from './pace.ts';
import type { Writer } from './writer.ts';

const anHourMs = 3_600_000;
const betweenWrites = 20;

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

interface Course {
  /** So many writes, then it ends. */
  readonly writes: number;
  readonly betweenUnawaitedWrites: number;
  /** Since when somebody waits, in milliseconds after the beginning. */
  readonly awaitedAt: number;
}

/** How long after the one before each write came, in milliseconds. */
const gapsOf = async ({ writes, betweenUnawaitedWrites, awaitedAt }: Course): Promise<number[]> => {
  const stopping = new AbortController();
  const began = performance.now();
  const writtenAt: number[] = [];
  const writer: Writer = {
    checkpoint: () => 0n,
    parkedCount: () => 0,
    write: (events) => {
      if (events.length > 0) writtenAt.push(performance.now());
      if (writtenAt.length === writes) stopping.abort();
      return Promise.resolve(true);
    },
    retryParked: () => Promise.resolve(true),
  };
  await follow({
    ...{
      writer,
      types: [],
      subscriber: 'a test',
      stopping: stopping.signal,
      inTurn: (work) => work(),
    },
    log: streaming(stopping.signal) as EventLog, // the rest is not called
    pace: { ...defaultPace, betweenWrites, betweenUnawaitedWrites },
    reached: () => undefined,
    awaitedWithin: (atMost) =>
      sleep(Math.max(0, Math.min(atMost, began + awaitedAt - performance.now()))),
    onTrouble: () => undefined,
    stored: () => Promise.resolve(writer.checkpoint()),
  });
  return writtenAt.slice(1).map((at, index) => at - (writtenAt[index] ?? 0));
};

it('writes the first events at once, and lets later ones gather while nobody waits', async () => {
  const nobody = { awaitedAt: Infinity };
  expect(await gapsOf({ ...nobody, writes: 2, betweenUnawaitedWrites: anHourMs })).toHaveLength(1);
  const [, ...later] = await gapsOf({ ...nobody, writes: 4, betweenUnawaitedWrites: 200 });
  expect(Math.min(...later)).toBeGreaterThan(190);
});

it('writes sooner while somebody waits', async () => {
  const soon = { writes: 7, betweenUnawaitedWrites: anHourMs, awaitedAt: 0 };
  const [, ...later] = await gapsOf(soon);
  expect(Math.min(...later)).toBeGreaterThan(betweenWrites - 5);
});

it('cuts the gathering short when somebody begins to wait', async () => {
  expect(await gapsOf({ writes: 3, betweenUnawaitedWrites: anHourMs, awaitedAt: 60 })).toHaveLength(
    2,
  );
});
