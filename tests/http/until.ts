import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it is so; fails after two minutes. */
export const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 120_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('it never came to be');
    await sleep(50);
  }
};
