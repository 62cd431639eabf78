import { expect, it } from '@jest/globals';

import { createTurns } from './turns.ts';

const aSource = () => {
  const calls: string[] = [];
  return { calls, pause: () => void calls.push('pause'), resume: () => void calls.push('resume') };
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it('reads no more while too much waits, and goes on when all of it is done', async () => {
  const source = aSource();
  const { promise: first, resolve } = Promise.withResolvers<undefined>();
  const done: number[] = [];
  const inTurn = createTurns(source, () => undefined);
  inTurn(() => first.then(() => undefined));
  for (let n = 0; n < 40; n += 1) inTurn(async () => void done.push(n));
  expect([source.calls, done]).toEqual([['pause'], []]);
  resolve(undefined);
  await settled();
  expect(source.calls).toEqual(['pause', 'resume']);
  expect(done).toEqual(Array.from({ length: 40 }, (_, n) => n));
});
it('tells of a failure and goes on with the next', async () => {
  const failures: unknown[] = [];
  const done: string[] = [];
  const inTurn = createTurns(aSource(), (error) => void failures.push(error));
  inTurn(() => Promise.reject(new Error('no')));
  inTurn(async () => void done.push('next'));
  await settled();
  expect([failures.map(String), done]).toEqual([['Error: no'], ['next']]);
});
