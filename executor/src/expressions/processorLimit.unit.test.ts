import { cpuUsage } from 'node:process';
import { setTimeout as elapse } from 'node:timers/promises';

import { expect, it } from '@jest/globals';

import { createProcessorLimit, type ProcessorLimit } from './processorLimit.ts';

const manySteps = ({ check }: ProcessorLimit): void => {
  for (let step = 0; step < 100; step += 1) check();
};

const burn = (ms: number): void => {
  const begun = cpuUsage();
  for (;;) {
    const { user, system } = cpuUsage(begun);
    if (user + system > ms * 1_000) return;
  }
};

it('does not count the time in which the processor did something else', async () => {
  const limit = createProcessorLimit(500);
  limit.begin();
  await elapse(600);
  expect(() => manySteps(limit)).not.toThrow();
});

it('ends what takes more of the processor, and begins anew with the next', () => {
  const limit = createProcessorLimit(50);
  limit.begin();
  burn(60);
  expect(() => manySteps(limit)).toThrow(expect.objectContaining({ code: 'D1012' }));
  limit.begin();
  expect(() => manySteps(limit)).not.toThrow();
});
