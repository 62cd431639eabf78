import { expect, it } from '@jest/globals';
import { DomainError } from '@studio/contracts';

import { runLimitErrors, runLimitsOf } from './runLimits.ts';

const check = (expression: string): void => {
  if (expression === '(') throw new DomainError('expression.invalid', 'It ends too soon');
};
const errors = (limits: unknown): string[] => runLimitErrors({ settings: { limits } }, check);

it('takes limits on how many run at once and on how many begin within a time', () => {
  const limits = [{ most: 5 }, { most: 1, per: 'trigger.customer' }, { most: 9, withinMs: 60_000 }];
  expect(errors(limits)).toEqual([]);
  expect(runLimitsOf({ settings: { limits } }, undefined)).toEqual(
    limits.map((limit) => ({ scope: 'workflow', ...limit })),
  );
});

it('takes a limit by which the last start of many counts', () => {
  const limits = [
    { debounceMs: 500, per: 'trigger.a', maxWaitMs: 500 },
    { most: 1, whenTaken: 'queue' },
  ];
  expect(errors(limits)).toEqual([]);
  expect(runLimitsOf({ settings: { limits } }, undefined)).toEqual([
    { scope: 'workflow', debounceMs: 500, per: 'trigger.a', maxWaitMs: 500 },
    { scope: 'workflow', most: 1 },
  ]);
});

it('has runs carry what becomes of others, unless they are to wait', () => {
  const limits = [
    { most: 1, whenTaken: 'queue' },
    { most: 1, per: 'trigger.a', whenTaken: 'skip' },
  ];
  expect(errors(limits)).toEqual([]);
  expect(runLimitsOf({ settings: { limits } }, undefined)).toEqual([
    { scope: 'workflow', most: 1 },
    { scope: 'workflow', most: 1, per: 'trigger.a', whenTaken: 'skip' },
  ]);
});

it('knows none where nothing is said', () => {
  expect([errors(undefined), errors(null)]).toEqual([[], []]);
  expect(runLimitsOf({ settings: {} }, undefined)).toEqual([]);
});

it('puts the limit of the workspace first', () => {
  const limits = [{ most: 2 }];
  expect(runLimitsOf({ settings: { limits } }, 50)).toEqual([
    { scope: 'workspace', most: 50 },
    { scope: 'workflow', most: 2 },
  ]);
});

it.each([
  [5, 'settings.limits is'],
  [Array.from({ length: 11 }, () => ({ most: 1 })), 'settings.limits is'],
  [[{ most: 0 }], 'settings.limits[0].most'],
  [[{ most: 1.5 }], 'settings.limits[0].most'],
  [[{ most: 1 }, { most: 1, withinMs: 0 }], 'settings.limits[1].withinMs'],
  [[{ most: 1, per: '' }], 'settings.limits[0].per'],
  [[{ most: 1, per: '(' }], 'settings.limits[0].per: It ends too soon'],
  [[{ most: 1, key: 'a' }], 'settings.limits[0]'],
  [['one'], 'settings.limits[0]'],
  [[{ most: 2, whenTaken: 'refuse' }], 'settings.limits[0].whenTaken: it needs most: 1'],
  [[{ most: 1, withinMs: 5, whenTaken: 'skip' }], 'settings.limits[0].whenTaken'],
  [[{ most: 1, whenTaken: 'wait' }], 'settings.limits[0].whenTaken'],
  [[{}], 'settings.limits[0].most: it needs most or debounceMs'],
  [[{ per: 'trigger.a' }], 'settings.limits[0].most'],
  [[{ debounceMs: 0 }], 'settings.limits[0].debounceMs'],
  [[{ debounceMs: 86_400_001 }], 'settings.limits[0].debounceMs'],
  [[{ most: 1, debounceMs: 5 }], 'settings.limits[0].debounceMs: most, withinMs'],
  [[{ debounceMs: 5, maxWaitMs: 4 }], 'settings.limits[0].maxWaitMs'],
  [[{ most: 1, maxWaitMs: 4 }], 'settings.limits[0].maxWaitMs: it belongs to debounceMs'],
  [[{ debounceMs: 5 }, { debounceMs: 9, per: 'trigger.a' }], 'settings.limits: only one'],
  [[{ debounceMs: 5 }, { most: 1, whenTaken: 'skip' }], 'settings.limits: only one'],
  [
    [
      { most: 1, whenTaken: 'refuse' },
      { most: 1, per: 'trigger.a', whenTaken: 'skip' },
    ],
    'settings.limits: only one',
  ],
])('refuses %j, naming the place', (limits, place) => {
  expect(errors(limits)).toEqual([expect.stringContaining(place)]);
});
