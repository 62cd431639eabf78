import { expect, it } from '@jest/globals';
import { initialRun, type Run } from '@studio/domain';

import { digestOf } from './digest.ts';

const withOutput = (output: unknown): Run => ({ ...initialRun, output });

it('is the same for equal states, whatever the order of their members', () => {
  expect(digestOf(withOutput({ a: 1, b: [{ c: 2, d: undefined }] }))).toBe(
    digestOf(withOutput({ b: [{ c: 2 }], a: 1 })),
  );
});

it('differs for different states', () => {
  const states = [
    {},
    [],
    null,
    '',
    0,
    { 1: 2 },
    [[1, 2]],
    { $: [] },
    { a: { b: 1 } },
    { a: 1, b: 1 },
  ];
  expect(new Set(states.map((state) => digestOf(withOutput(state)))).size).toBe(states.length);
});
