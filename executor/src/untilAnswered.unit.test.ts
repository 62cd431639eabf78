import { expect, it } from '@jest/globals';
import { StudioError } from '@studio/contracts';
import { systemTime } from '@studio/infra';

import { untilAnswered } from './untilAnswered.ts';

const noAnswer = new StudioError('unavailable', 'service.unavailable', 'No answer');
const refused = new StudioError('refused', 'run.too_deep', 'Too deep');
const failing = (...errors: Error[]) => {
  const made = { times: 0 };
  const work = async (): Promise<void> => {
    made.times += 1;
    const error = errors.shift();
    if (error) throw error;
  };
  return { made, work };
};
const around = (signal = new AbortController().signal) => ({ time: systemTime, signal });

it('does it again while there is no answer', async () => {
  const { made, work } = failing(noAnswer, noAnswer);
  await untilAnswered(work, around());
  expect(made.times).toBe(3);
});

it('leaves a refusal to whoever asked', async () => {
  const { made, work } = failing(noAnswer, refused);
  await expect(untilAnswered(work, around())).rejects.toBe(refused);
  expect(made.times).toBe(2);
});

it('does it no more once it is called off', async () => {
  const { made, work } = failing(noAnswer, noAnswer);
  await expect(untilAnswered(work, around(AbortSignal.abort()))).rejects.toBe(noAnswer);
  expect(made.times).toBe(1);
});
