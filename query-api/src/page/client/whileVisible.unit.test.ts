import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { whileVisible } from './whileVisible.ts';

/** As much of a tab as it looks at. */
const tab = Object.assign(new EventTarget(), { hidden: false });
const turn = (hidden: boolean): void => {
  tab.hidden = hidden;
  tab.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  Object.assign(globalThis, { document: tab });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'document');
});

it('works while the tab is to be seen, and at once when it is again', async () => {
  const leaving = new AbortController();
  let times = 0;
  turn(true);
  const done = whileVisible(
    () => {
      times += 1;
      turn(times < 3);
      if (times === 3) leaving.abort();
      return Promise.resolve();
    },
    () => 1,
    leaving.signal,
  );
  for (const expected of [0, 1, 2]) {
    while (times < expected) await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(times).toBe(expected);
    turn(false);
  }
  await done;
  expect(times).toBe(3);
});

it('ends at the signal, hidden or not', async () => {
  const leaving = new AbortController();
  turn(true);
  const done = whileVisible(
    () => Promise.reject(new Error('hidden')),
    () => 1,
    leaving.signal,
  );
  leaving.abort();
  await done;
});
