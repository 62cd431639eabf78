import { expect, it } from '@jest/globals';

import { isSmall, plainJson } from './plainJson.ts';

const limits = { maxResultBytes: 1_000, maxDepth: 20 };

it('copies JSON and leaves marks of arrays behind', () => {
  const marked = Object.assign([1, { a: undefined, b: [undefined] }], { sequence: true });
  const copy = plainJson(marked, limits);
  expect(copy).toEqual([1, { b: [null] }]);
  expect(Object.keys(copy as object)).toEqual(['0', '1']); // an array, as the line above says
  expect(plainJson(undefined, limits)).toBeNull();
});

it('keeps a member called __proto__ a member', () => {
  const copy = plainJson(JSON.parse('{"__proto__":{"polluted":true}}'), limits);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true}}');
  expect((copy as { polluted?: unknown }).polluted).toBeUndefined(); // an object, as the line above says
});

it.each([
  ['a function', () => 1],
  ['a lambda of JSONata', { _jsonata_lambda: true }],
  ['a function inside', { a: [Math.max] }],
  ['an infinite number', [Infinity]],
])('refuses %s', (_, value) => {
  expect(() => plainJson(value, limits)).toThrow(
    expect.objectContaining({ code: 'expression.failed' }),
  );
});

it('stops at the size limit even where values share their parts', () => {
  let shared: unknown = 'x';
  for (let n = 0; n < 15; n += 1) shared = [shared, shared];
  expect(() => plainJson(shared, limits)).toThrow(
    expect.objectContaining({ code: 'expression.result_too_large' }),
  );
  expect(() => plainJson('x'.repeat(1_001), limits)).toThrow('larger than 1000 bytes');
});

it('stops at the depth limit', () => {
  let deep: unknown = 1;
  for (let n = 0; n < 21; n += 1) deep = [deep];
  expect(() => plainJson(deep, limits)).toThrow(
    expect.objectContaining({ code: 'expression.too_deep' }),
  );
});

it('measures no more than it must', () => {
  expect(isSmall({ a: 'x'.repeat(80), b: [1, 2, null, true] }, 200)).toBe(true);
  expect(isSmall({ a: 'x'.repeat(300) }, 200)).toBe(false);
  expect(
    isSmall(
      Array.from({ length: 100 }, () => 0),
      200,
    ),
  ).toBe(false);
  let deep: unknown = 1;
  for (let n = 0; n < 60; n += 1) deep = [deep];
  expect(isSmall(deep, 10_000)).toBe(false);
});
