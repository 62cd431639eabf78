import { StudioError, type Timekeeper } from '@studio/contracts';
import { systemTime } from '@studio/infra';

const passed = (limitMs: number): StudioError =>
  new StudioError('unavailable', 'node.timeout', `It did not end within ${limitMs} ms`, {
    extra: { outcomeUnknown: true },
  });

/**
 * Does the work for so long at most: then its signal calls it off, and nobody waits for it any more.
 * Error: `node.timeout`, beside those of the work.
 */
export const withinTimeLimit = async <Made>(
  limitMs: number | undefined,
  off: AbortController,
  work: (off: AbortController) => Promise<Made>,
  time: Timekeeper = systemTime,
): Promise<Made> => {
  if (limitMs === undefined) return work(off);
  const limited = new AbortController();
  const callOff = (): void => {
    limited.abort();
  };
  off.signal.addEventListener('abort', callOff, { once: true });
  const { promise: timeUp, reject } = Promise.withResolvers<never>();
  const stopTimer = time.after(limitMs, () => {
    reject(passed(limitMs));
    limited.abort();
  });
  try {
    return await Promise.race([work(limited), timeUp]);
  } finally {
    stopTimer();
    off.signal.removeEventListener('abort', callOff);
  }
};
