import { setTimeout as sleep } from 'node:timers/promises';

import { mayPass, verdictOf } from './failures.ts';

/** How something is asked of the server that changes nothing there, so that it can be asked again. */
export type Ask = <T>(question: () => Promise<T>) => Promise<T>;

export interface PatienceOptions {
  /** How long it is asked again. */
  readonly patienceMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly closing: AbortSignal;
  readonly onTrouble: (error: unknown) => void;
}

const firstBackoffMs = 50;
const longestBackoffMs = 1_000;

export const askOnce: Ask = (question) => question();

/** Asks again while the server cannot be reached: it may be starting, or choosing another leader. */
export const createPatientAsk =
  ({ patienceMs, closing, onTrouble }: PatienceOptions): Ask =>
  async (question) => {
    const began = performance.now();
    for (let backoffMs = firstBackoffMs; ; backoffMs = Math.min(2 * backoffMs, longestBackoffMs)) {
      try {
        return await question();
      } catch (error) {
        const over = closing.aborted || performance.now() - began > patienceMs;
        if (over || !mayPass(verdictOf(error))) throw error;
        onTrouble(error);
        await sleep(backoffMs * (0.5 + Math.random()), undefined, { signal: closing }).catch(() => {
          throw error; // closed meanwhile
        });
      }
    }
  };
