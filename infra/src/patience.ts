import { setTimeout as sleep } from 'node:timers/promises';

export interface PatienceOptions {
  /** How long all waits together may take. */
  readonly budgetMs?: number;
  /** The first wait is up to this long; each later one up to twice as long as the one before. */
  readonly firstMs?: number;
  readonly mostMs?: number;
}

/** Rows of waits with full jitter: each call waits, and answers false once the budget is spent. */
export const createPatience =
  ({ budgetMs = 2_000, firstMs = 4, mostMs = 120 }: PatienceOptions = {}) =>
  (): (() => Promise<boolean>) => {
    const begun = performance.now();
    let upTo = firstMs;
    return async () => {
      if (performance.now() - begun >= budgetMs) return false;
      await sleep(Math.random() * upTo);
      upTo = Math.min(upTo * 2, mostMs);
      return true;
    };
  };
