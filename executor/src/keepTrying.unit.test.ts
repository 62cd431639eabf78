import { expect, it } from '@jest/globals';

import { keepTrying } from './keepTrying.ts';

it('tries again until the work is done', async () => {
  const errors: unknown[] = [];
  let tries = 0;
  const work = (): Promise<void> => {
    tries += 1;
    return tries < 3 ? Promise.reject(new Error(`try ${tries}`)) : Promise.resolve();
  };
  await keepTrying(work, {
    wanted: () => true,
    onError: (error) => errors.push(error),
    firstPauseMs: 1,
  });
  expect(tries).toBe(3);
  expect(errors).toHaveLength(2);
});

it('gives up what nobody wants any more', async () => {
  let tries = 0;
  const work = (): Promise<void> => {
    tries += 1;
    return Promise.reject(new Error('never'));
  };
  await keepTrying(work, { wanted: () => tries < 2, onError: () => undefined, firstPauseMs: 1 });
  expect(tries).toBe(2);
});
