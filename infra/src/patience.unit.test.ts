import { expect, it } from '@jest/globals';

import { createPatience } from './patience.ts';

it('waits again and again until its budget is spent, each row on its own', async () => {
  const patience = createPatience({ budgetMs: 400, firstMs: 4, mostMs: 10 });
  const { wait } = patience();
  const begun = performance.now();
  let waits = 0;
  while (await wait()) waits += 1;
  expect(waits).toBeGreaterThan(4);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(400);
  expect(await patience().wait()).toBe(true);
});
