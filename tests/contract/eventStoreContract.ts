import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '@studio/contracts';

import { appendPromises } from './appendPromises.ts';
import { bytePromises } from './bytePromises.ts';
import { joinPromises } from './joinPromises.ts';
import { readPromises } from './readPromises.ts';
import { sizePromises } from './sizePromises.ts';
import type { Subject } from './subject.ts';
import { subscribePromises } from './subscribePromises.ts';
import { troublePromises } from './troublePromises.ts';

export interface Skip {
  readonly test: string;
  /** Why this adapter cannot keep this promise. */
  readonly reason: string;
}

/** An adapter, and what can be done to it. What is left out must be named in `skip`. */
export interface EventStoreSubject extends Partial<Omit<Subject, 'store' | 'promise'>> {
  readonly name: string;
  /** A store on a log that may hold other events; its `close` releases everything that it took. */
  readonly create: () => Promise<EventStore>;
  readonly skip?: readonly Skip[];
}

const missing = (what: string) => (): never => {
  throw new Error(`this adapter has no ${what}: give it one, or skip the case and say why`);
};

const makeSubject = ({ create, skip = [], ...means }: EventStoreSubject): Subject => {
  let current: EventStore | null = null;
  const titles = new Set<string>();
  afterAll(() => {
    expect(skip.filter(({ test }) => !titles.has(test))).toEqual([]); // a skip of no case hides nothing
  });
  beforeEach(async () => {
    current = await create();
  });
  afterEach(async () => {
    await current?.close();
    current = null;
  });
  return {
    createEmpty: means.createEmpty ?? missing('createEmpty'),
    breakConnections: means.breakConnections ?? missing('breakConnections'),
    address: means.address ?? missing('address'),
    store: () => {
      if (!current) throw new Error('the store exists only inside a case');
      return current;
    },
    promise: (title, body) => {
      titles.add(title);
      const skipped = skip.find(({ test }) => test === title);
      // said, not counted: a check that was skipped counts as failed, and this one was never to be made
      if (skipped) process.stderr.write(`left out: ${title} (${skipped.reason})\n`);
      else it(title, body);
    },
  };
};

/** Every promise of the event store port, as cases over one adapter. */
export const eventStoreContract = (adapter: EventStoreSubject): void => {
  describe(`the event store port over ${adapter.name}`, () => {
    const subject = makeSubject(adapter);
    describe('append', () => appendPromises(subject));
    describe('read', () => readPromises(subject));
    describe('bytes', () => bytePromises(subject));
    describe('subscribe', () => subscribePromises(subject));
    describe('join', () => joinPromises(subject));
    describe('size', () => sizePromises(subject));
    describe('trouble', () => troublePromises(subject));
  });
};
