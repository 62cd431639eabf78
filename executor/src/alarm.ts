import type { Timekeeper } from '@studio/contracts';

/** Lets one waiter sleep until something happens, or for so long. */
export interface Alarm {
  ring(): void;
  /** Resolves at the next ring, after `ms` at the latest. A ring while nobody waited counts. */
  wait(ms: number): Promise<void>;
}

export const createAlarm = (time: Timekeeper): Alarm => {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms) => {
      if (!rung)
        await new Promise<void>((resolve) => {
          const callOff = time.after(ms, resolve);
          wake = () => {
            callOff();
            resolve();
          };
        });
      wake = null;
      rung = false;
    },
  };
};
