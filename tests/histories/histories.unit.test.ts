import { expect, it } from '@jest/globals';
import { eventSchemas, type EventType, schemaVersionOf } from '@studio/contracts';

import { madeOf, readHistories, todaysEvents, writeExpected } from './histories.ts';

const histories = readHistories();
const each = histories.map((history) => [history.name, history] as const);
const samples = histories.flatMap((history) => history.samples);

const isKnown = (type: string): type is EventType => Object.hasOwn(eventSchemas, type);

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
  const made = madeOf(history);
  // What is expected already changes by hand alone: what old events mean changes with it.
  if (history.expected === null && process.env['UPDATE_HISTORIES'] === '1') {
    writeExpected(history, made);
    return;
  }
  // A state may grow: members that nobody knew when this was written are not looked at.
  expect(made).toMatchObject(history.expected ?? { expected: 'UPDATE_HISTORIES=1 writes it' });
});
