import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect } from '@jest/globals';
import type { Head } from '@studio/contracts';

import { rounds } from '../fixtures/length.ts';
import { anExecution, events, eventsOf, tiny } from './logEvents.ts';
import type { Subject } from './subject.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // what the flag gives

/** Megabytes that live on after collecting: heap, and buffers beside it. */
const residentMb = (): number => {
  collectGarbage();
  collectGarbage(); // buffers that the first pass found dead count until the next one has swept them
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
};

const many = rounds(20_000, 100_000);
const aPage = 1_000;

const ofOneStream = `${many} events of one stream are read in pages with flat memory`;
const standsStill = 'a reader that stands still costs bounded memory';
/** The cases that move a hundred megabytes. */
export const heaviest = [ofOneStream, standsStill];

export const sizePromises = ({ store, promise }: Subject): void => {
  promise(ofOneStream, async () => {
    const stream = anExecution();
    const filler = { data: JSON.stringify({ text: 'x'.repeat(300) }), metadata: '{}' };
    let head: Head | 'no_stream' = 'no_stream';
    for (let written = 0; written < many; written += aPage)
      head = await store().append(stream, head, events(aPage, filler));
    const before = residentMb();
    let highest = 0;
    for (let from = 0; from < many; from += aPage) {
      const page = await store().readStream(stream, { from, limit: aPage });
      expect(page).toHaveLength(aPage);
      expect([page[0]?.revision, page.at(-1)?.revision]).toEqual([from, from + aPage - 1]);
      if (from % (aPage * 25) === 0) highest = Math.max(highest, residentMb());
    }
    expect(highest - before).toBeLessThan(24); // the stream has 12 or 60 MB
    expect(await store().readStream(stream, { from: many })).toEqual([]);
    const back = await store().readStream(stream, { backwards: true, limit: 3 });
    expect(back.map(({ revision }) => revision)).toEqual([many - 1, many - 2, many - 3]);
  });

  promise(standsStill, async () => {
    const after = await store().lastPosition();
    const [first, stream] = [anExecution(), anExecution()];
    const subscription = store().subscribe({ after, signal: new AbortController().signal });
    const standing = subscription[Symbol.asyncIterator]();
    await store().append(first, 'no_stream', events(1, tiny));
    await standing.next(); // from here on it is level, and handed what comes
    const before = residentMb();
    const large = { data: JSON.stringify('x'.repeat(250_000)), metadata: '{}' };
    let head: Head | 'no_stream' = 'no_stream';
    for (let round = 0; round < 200; round += 1)
      head = await store().append(stream, head, events(2, large));
    expect(residentMb() - before).toBeLessThan(40); // of 100 MB
    let revision = -1;
    while (revision < 399) {
      const next = await standing.next();
      if (next.done) break;
      for (const event of eventsOf([stream], next.value.events)) {
        expect(event.revision).toBe(revision + 1);
        revision = event.revision;
      }
    }
    await standing.return?.();
    expect(revision).toBe(399);
  });
};
