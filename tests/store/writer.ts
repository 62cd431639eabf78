import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Head } from '@studio/contracts';

import { anEvent, anExecution } from '../contract/logEvents.ts';
import { openStore } from './openStore.ts';

/**
 * A writing process of a trial: appends to streams of its own until its standard input ends, and
 * prints one line for each append that was acknowledged: event id and position.
 */
const [address = '', loops = '8'] = process.argv.slice(2);
const store = await openStore(address);
let going = true;

const write = async (): Promise<void> => {
  let stream = anExecution();
  let head: Head | 'no_stream' = 'no_stream';
  while (going) {
    const event = anEvent();
    head = await store.append(stream, head, [event]);
    process.stdout.write(`${event.eventId} ${head.position}\n`);
    if (head.revision === 9) [stream, head] = [anExecution(), 'no_stream'];
    await sleep(1); // leaves the machine room for those who read
  }
};

createInterface({ input: process.stdin }).once('close', () => (going = false));
await Promise.all(Array.from({ length: Number(loops) }, write));
await store.close();
