import { createHash } from 'node:crypto';

import { expect, it } from '@jest/globals';
import { eventSchemas, type EventType, schemaVersionOf } from '@studio/contracts';

import { readHistories, stateAfter, todaysEvents, writeDigest } from './histories.ts';

const histories = readHistories();
const each = histories.map((history) => [history.name, history] as const);
const samples = histories.flatMap((history) => history.samples);

const isKnown = (type: string): type is EventType => Object.hasOwn(eventSchemas, type);

const plain = (value: unknown): unknown => {
  if (value instanceof Map) return [...value];
  return value instanceof Set ? [...value] : value;
};

const isNothing = (value: unknown): boolean =>
  [null, undefined, false].includes(value as null) || (Array.isArray(value) && value.length === 0);

/**
 * Members in one order, those that hold nothing left out: a state that gets another member, which old
 * events leave empty, is the same state.
 */
const ordered = (_name: string, given: unknown): unknown => {
  const value = plain(given);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isNothing(plain(member)))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
};

/** Over the state after every event, so that no step on the way changes unseen. */
const digestOf = (history: (typeof histories)[number]): string => {
  const hash = createHash('sha256');
  for (let count = 1; count <= history.samples.length; count += 1)
    hash.update(JSON.stringify(stateAfter(history, count), ordered));
  return hash.digest('hex');
};

it('has a sample of every event type in every version that was ever written', () => {
  const recorded = new Set(samples.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`));
  const written = Object.keys(eventSchemas).flatMap((type) => {
    const newest = isKnown(type) ? schemaVersionOf(type) : 1;
    return Array.from({ length: newest }, (_, index) => `${type} ${index + 1}`);
  });
  // CONTRIBUTING.md says how a sample is added: 'An event'.
  expect(written.filter((one) => !recorded.has(one))).toEqual([]);
});

it('has no sample of a type or version that nobody writes', () => {
  const strange = samples.filter(
    ({ type, schemaVersion }) => !isKnown(type) || schemaVersion > schemaVersionOf(type),
  );
  expect(strange).toEqual([]);
});

it.each(each)('reads %s as events of today', (_name, history) => {
  for (const { type, data } of todaysEvents(history))
    expect([type, eventSchemas[type].safeParse(data).error?.issues]).toEqual([type, undefined]);
});

it.each(each)('makes of %s what it always made', (_name, history) => {
  const digest = digestOf(history);
  // A digest that is there changes by hand alone: what old events mean changes with it.
  if (history.digest === null && process.env['UPDATE_HISTORIES'] === '1') {
    writeDigest(history, digest);
    return;
  }
  expect(digest).toBe(history.digest);
});
