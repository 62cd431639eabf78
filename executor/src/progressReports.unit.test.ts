import { expect, it } from '@jest/globals';
import type { Progress } from '@studio/contracts';

import { createProgressReports, type ReportedProgress } from './progressReports.ts';
import { madeTime } from './testing/madeTime.ts';

const reporting = () => {
  const { time, pass, waiting } = madeTime();
  const recorded: ReportedProgress[] = [];
  const off = new AbortController();
  const reports = createProgressReports({
    ...{ time, off },
    record: (progress) => recorded.push(progress),
  });
  return {
    ...reports,
    ...{ off, pass },
    waiting,
    recorded,
    fractions: () => recorded.map((one) => one.fraction),
  };
};

it('records the first word at once, and then the last one of each second', () => {
  const { report, pass, fractions } = reporting();
  for (const fraction of [0.1, 0.2, 0.3]) report({ fraction });
  expect(fractions()).toEqual([0.1]);
  pass(999);
  expect(fractions()).toEqual([0.1]);
  pass(1);
  expect(fractions()).toEqual([0.1, 0.3]);
  pass(5_000);
  report({ fraction: 0.9 });
  expect(fractions()).toEqual([0.1, 0.3, 0.9]);
});

it('records less and less often of an attempt that takes long', () => {
  const { report, pass, recorded } = reporting();
  const aDayS = 86_400;
  for (let second = 0; second < aDayS; second += 1) {
    report({ fraction: second / aDayS });
    pass(1_000);
  }
  expect(recorded.length).toBeGreaterThan(500);
  expect(recorded.length).toBeLessThan(1_000);
});

it('records nothing twice, nothing that says nothing, and nothing after the end', () => {
  const { report, stop, pass, waiting, recorded } = reporting();
  report({});
  expect(recorded).toEqual([]);
  report({ message: 'half' });
  report({ message: 'half' });
  pass(60_000);
  expect(recorded).toEqual([{ fraction: null, message: 'half' }]);
  report({ message: 'more' });
  report({ message: 'most' });
  stop();
  // Kinds may leave something behind that goes on talking.
  report({ message: 'too late' });
  pass(60_000);
  report({ message: 'far too late' });
  expect(waiting()).toBe(0);
  expect(recorded).toHaveLength(2);
});

it('records nothing of an attempt that was called off, whether it heeds that or not', () => {
  const { off, report, pass, recorded } = reporting();
  report({ message: 'one' });
  report({ message: 'two' });
  off.abort();
  pass(60_000);
  report({ message: 'three' });
  pass(60_000);
  expect(recorded).toEqual([{ fraction: null, message: 'one' }]);
});

it.each<[Progress, ReportedProgress]>([
  [{ fraction: 2 }, { fraction: 1, message: null }],
  [
    { fraction: -1, message: 'x' },
    { fraction: 0, message: 'x' },
  ],
  [
    { fraction: Number.NaN, message: 'x' },
    { fraction: null, message: 'x' },
  ],
  [{ message: 'x'.repeat(501) }, { fraction: null, message: 'x'.repeat(500) }],
])('makes of %j what may be recorded', (made, progress) => {
  const { report, recorded } = reporting();
  report(made);
  expect(recorded).toEqual([progress]);
});
