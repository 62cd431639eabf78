import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '@studio/contracts';

import { appendPromises } from './appendPromises.ts';
import { readPromises } from './readPromises.ts';
import type { Subject } from './subject.ts';
import { subscribePromises } from './subscribePromises.ts';

export interface Skip {
  readonly test: string;
  /** Why this adapter cannot keep this promise. */
  readonly reason: string;
}

export interface EventStoreSubject {
  readonly name: string;
  /** An empty store; `close` of the store releases everything that it took. */
  readonly create: () => Promise<EventStore>;
  readonly skip?: readonly Skip[];
}

const makeSubject = (create: () => Promise<EventStore>, skip: readonly Skip[]): Subject => {
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
    store: () => {
      if (!current) throw new Error('the store exists only inside a case');
      return current;
    },
    promise: (title, body) => {
      titles.add(title);
      const skipped = skip.find(({ test }) => test === title);
      if (skipped) it.skip(`${title} (${skipped.reason})`, body);
      else it(title, body);
    },
  };
};

/** Every promise of the event store port, as cases over one adapter. */
export const eventStoreContract = ({ name, create, skip = [] }: EventStoreSubject): void => {
  describe(`the event store port over ${name}`, () => {
    const subject = makeSubject(create, skip);
    describe('append', () => appendPromises(subject));
    describe('read', () => readPromises(subject));
    describe('subscribe', () => subscribePromises(subject));
  });
};
