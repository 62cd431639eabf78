import { expect, it } from '@jest/globals';

import { refuseDoubling } from './doubling.ts';

const fields = (count: number, value: string) =>
  `{${Array.from({ length: count }, (_, n) => `"f${n}": ${value}`).join(', ')}}`;

it.each([
  ['one', 'input.a ?? 1'],
  ['a chain', `input.a${' ?? 1'.repeat(40)}`],
  ['a field each', fields(40, 'input.a ?? "https://a.test/?x=??"')],
  ['a field each, with a division', fields(40, '(input.a / 2) ?? 1')],
  ['a few within each other', '((((a ?? b) ?? c) ?: d) ?? e)'],
  ['quoted ones', `"${'??'.repeat(100)}"`],
])('lets %s pass', (_, expression) => {
  expect(() => refuseDoubling(expression)).not.toThrow();
});

it.each([
  ['many within each other', `${'('.repeat(20)}a${'??b)'.repeat(20)}`],
  ['many ?: within each other', `${'['.repeat(20)}a${'?:b]'.repeat(20)}`],
  [
    'brackets that a regular expression hides',
    `[/"/, ${'('.repeat(20)}a${'??b)'.repeat(20)}, /"/]`,
  ],
  ['brackets that a comment hides', `/*"*/${'('.repeat(20)}a${'??b)'.repeat(20)}/*"*/`],
  ['brackets behind a keyword', `x and /"/ ${'('.repeat(20)}a${'??b)'.repeat(20)} "`],
  ['brackets that a text closes', `${'(")" & '.repeat(20)}a${'??b)'.repeat(20)}`],
])('refuses %s', (_, expression) => {
  expect(() => refuseDoubling(expression)).toThrow(
    expect.objectContaining({ code: 'expression.invalid' }),
  );
});
