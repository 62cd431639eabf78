import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

const css = readFileSync(new URL('./client/page.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = [...css.matchAll(/:root \{([^}]+)\}/g)].map(([, block]) => block);
const colours = (block: string): Map<string, string> =>
  new Map(
    [...block.matchAll(/--(\w+): (#[0-9a-f]+);/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

/** Relative luminance, as WCAG 2 defines it. */
const luminance = (hex: string): number => {
  const wide = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(wide.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

describe.each([
  ['light', light],
  ['dark', dark],
])('colours, %s', (_, block) => {
  const known = colours(block);
  const inks = ['ink', 'soft', 'quiet', 'active', 'good', 'bad', 'wait', 'doubt', 'off'];
  const grounds = ['paper', 'raised', 'sunk'];
  it.each(inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)))(
    '%s can be read on %s (4.5 : 1)',
    (ink, ground) => {
      const [a = '#000', b = '#000'] = [known.get(ink), known.get(ground)];
      expect(contrast(a, b)).toBeGreaterThanOrEqual(4.5);
    },
  );
});
