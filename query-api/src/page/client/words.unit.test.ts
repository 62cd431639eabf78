import { describe, expect, it } from '@jest/globals';

import { readableJson, tokensOf, wholeJson } from './jsonText.ts';
import { duration, shortened, visible } from './words.ts';

describe('texts from a workflow', () => {
  it('show the marks that turn them around, and keep joined letters', () => {
    expect(visible('report\u202egnp.exe')).toBe('report\\u202egnp.exe');
    expect(visible('a\u0000b\u200bc\u2066')).toBe('a\\u0000b\\u200bc\\u2066');
    expect(visible('\u{e0041}')).toBe('\\udb40\\udc41');
    expect(visible('👩‍💻 می‌خواهم\n')).toBe('👩‍💻 می‌خواهم\n');
  });
  it('are cut between letters, not within them', () => {
    expect(shortened('👩‍💻👩‍💻👩‍💻', 3)).toBe('👩‍💻👩‍💻👩‍💻');
    expect(shortened('👩‍💻👩‍💻👩‍💻', 2)).toBe('👩‍💻…');
    expect(shortened('x'.repeat(1_000_000), 4)).toBe('xxx…');
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [-3, '0 ms'],
    [999, '999 ms'],
    [1_000, '1.00 s'],
    [12_340, '12.3 s'],
    [64_000, '1 m 04 s'],
    [7_380_000, '2 h 03 m'],
    [273_600_000, '3 d 04 h'],
  ])('%d ms reads %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('JSON for reading', () => {
  const odd = { 'a"b': ['\u202e', '\\u000a', 'tab\t', -1.5e3, true, null], '\n': '</script>' };
  it('is JSON still, however odd the value', () => {
    expect(JSON.parse(wholeJson(odd))).toEqual(odd);
    expect(wholeJson(odd)).not.toContain('\u202e');
  });
  it('is cut where a text is long, and says so', () => {
    const { text, isWhole } = readableJson({ big: 'x'.repeat(1_000_000), small: 1 });
    expect(isWhole).toBe(false);
    expect(JSON.parse(text)).toEqual({
      big: expect.stringMatching(/^x{1000}… \(1,000,000 /),
      small: 1,
    });
    expect(readableJson(Array(100_000).fill(7)).text.length).toBeLessThan(50_000);
    expect(readableJson(odd).isWhole).toBe(true);
  });
  it('keeps every character when it is taken apart', () => {
    for (const text of [
      wholeJson(odd),
      readableJson({ a: 'x'.repeat(60_000) }).text,
      '"never ends',
    ])
      expect(
        tokensOf(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    expect(tokensOf('{"a": "b"}').map(({ kind }) => kind)).toEqual([
      'rest',
      'key',
      'rest',
      'text',
      'rest',
    ]);
  });
});
