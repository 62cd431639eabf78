import { setTimeout as sleep } from 'node:timers/promises';

export interface PatienceOptions {
  /** How long all waits together may take, in milliseconds. */
  readonly budgetMs?: number;
  /** The first wait is up to this long; each later one up to twice as long as the one before. */
  readonly firstMs?: number;
  readonly mostMs?: number;
}

/** Rows of waits with full jitter: each call waits, and answers false once the budget is spent. */
export const createPatience =
  ({ budgetMs = 8_000, firstMs = 4, mostMs = 120 }: PatienceOptions = {}) =>
  (): { readonly wait: () => Promise<boolean>; readonly end: () => void } => {
    const begun = performance.now();
    let upTo = firstMs;
    return {
      wait: async () => {
        if (performance.now() - begun >= budgetMs) return false;
        await sleep(Math.random() * upTo);
        upTo = Math.min(upTo * 2, mostMs);
        return true;
      },
      end: () => undefined,
    };
  };
