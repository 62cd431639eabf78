import { describe, expect, it } from '@jest/globals';

import { simulate } from './simulate.ts';
import { type Switch, switches } from './switches.ts';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

const linesOf = async (seed: number): Promise<string[]> => {
  const lines: string[] = [];
  await simulate(seed, { tell: (line) => lines.push(line) });
  return lines;
};

/** What is broken by the first seed that breaks anything; null: 100 seeds break nothing. */
const firstBroken = async (switchedOn: Switch): Promise<string | null> => {
  for (const seed of seeds) {
    const { broken } = await simulate(seed, { switchedOn });
    if (broken !== null) return broken;
  }
  return null;
};

describe('the executor, with crashes, lost leases, slow stores and unknown outcomes', () => {
  it('keeps every promise', async () => {
    let effects = 0;
    for (const seed of seeds) {
      const { broken, arrivals } = await simulate(seed);
      expect({ seed, broken }).toEqual({ seed, broken: null });
      effects += arrivals;
    }
    expect(effects).toBeGreaterThan(100);
  });

  it('takes the same course from the same seed, and another from another', async () => {
    const lines = await linesOf(7);
    expect(lines.length).toBeGreaterThan(10);
    expect(await linesOf(7)).toEqual(lines);
    expect(await linesOf(8)).not.toEqual(lines);
  });
});

describe('what the simulator would notice', () => {
  const promises: Readonly<Record<Switch, string>> = {
    epoch: 'unsafe effects at most once',
    intent: 'intent before effect',
    checkpoint: 'no checkpoint ahead of its rows',
  };
  it.each(switches)('%s: that it was taken away', async (switchedOn) => {
    expect(await firstBroken(switchedOn)).toContain(promises[switchedOn]);
  });
});
