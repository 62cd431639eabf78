import { expect, it } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';

import { createFactsKnown } from './factsKnown.ts';

const [one, another] = ['one', 'another'] as ExecutionId[] as [ExecutionId, ExecutionId]; // invented here

it('knows the facts of a run up to where it was put down, and no others', () => {
  const known = createFactsKnown();
  known.putDown(one, 10n);
  expect(known.has(one, { position: 10n })).toBe(true);
  expect(known.has(one, { position: 11n })).toBe(false);
  expect(known.has(another, { position: 1n })).toBe(false);
});

it('goes by the last time that a run was put down', () => {
  const known = createFactsKnown();
  known.putDown(one, 10n);
  known.putDown(another, 11n);
  known.putDown(one, 20n);
  known.passed(11n);
  expect(known.has(one, { position: 20n })).toBe(true);
  expect(known.has(another, { position: 11n })).toBe(false);
});

it('forgets a run once the tail has passed what was known of it', () => {
  const known = createFactsKnown();
  known.putDown(one, 10n);
  known.passed(9n);
  expect(known.has(one, { position: 10n })).toBe(true);
  known.passed(10n);
  expect(known.has(one, { position: 10n })).toBe(false);
});
