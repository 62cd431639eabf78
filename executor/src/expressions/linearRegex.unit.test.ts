import { expect, it } from '@jest/globals';

import { LinearRegex } from './linearRegex.ts';

const first = (regex: RegExp, text: string, from = 0) => {
  const linear = new LinearRegex(regex);
  linear.lastIndex = from;
  const match = linear.exec(text);
  return match && { match: [...match], index: match.index, next: linear.lastIndex };
};

it.each([
  [/b(c)?/g, 'abd', 0],
  [/b(c)?/g, 'abcd', 0],
  [/^a/gm, 'b\na', 0],
  [/A+/gi, 'xaAa', 0],
  [/a/g, 'aXa', 1],
  [/é\w/g, 'caféx', 0],
  [/x*/g, 'abc', 1],
  [/\d{2,}/g, 'a1b22', 0],
])('%s matches %j from %d as RegExp does', (regex, text, from) => {
  const native = new RegExp(regex.source, regex.flags);
  native.lastIndex = from;
  const expected = native.exec(text);
  expect(first(regex, text, from)).toEqual(
    expected && { match: [...expected], index: expected.index, next: native.lastIndex },
  );
});

it('finds nothing past the end', () => {
  expect(first(/a/g, 'a', 2)).toBeNull();
});

it('stays linear where backtracking would not end', () => {
  const before = process.cpuUsage();
  expect(first(/(a+)+$/g, `${'a'.repeat(10_000)}!`)).toBeNull();
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(2_000_000); // microseconds
});

it.each([/(?=a)b/, /(a)\1/])('refuses %s, which no linear engine can match', (regex) => {
  expect(() => new LinearRegex(regex)).toThrow();
});
