import { describe, expect, it } from '@jest/globals';

import { readableJson, tokensOf, wholeJson } from './jsonText.ts';
import { duration, instantOf, localOf, placeOf, shortened, visible } from './words.ts';

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

describe('places and times', () => {
  it('shows a position without the name of its store', () => {
    expect(placeOf('0190-ab:c:12')).toBe('12');
    expect(placeOf('s:1234')).toBe((1234).toLocaleString());
  });
  it('reads back a time as the field of a form shows it', () => {
    for (const instant of ['2026-01-02T03:04:05.000Z', '2026-07-31T23:59:59.000Z'])
      expect(instantOf(localOf(instant))).toBe(instant);
    expect([localOf(''), instantOf(''), instantOf('soon')]).toEqual(['', '', '']);
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
