import { expect, it } from '@jest/globals';

import { jsonLine, printable } from './printable.ts';

it('lets no text of a run steer the terminal', () => {
  expect(printable('a\u001b[31mb\u009bc\r\nd\u202ee')).toBe(
    'a\\u{1b}[31mb\\u{9b}c\\u{d}\\u{a}d\\u{202e}e',
  );
  expect(printable('Zoë 𝛼 ✓')).toBe('Zoë 𝛼 ✓');
});

it('keeps the value of JSON while it escapes what is left of control characters', () => {
  const value = { text: 'a\u001b\u009b\u007fé' };
  expect(jsonLine(value)).not.toMatch(/\p{Cc}/u);
  expect(JSON.parse(jsonLine(value))).toEqual(value);
});
