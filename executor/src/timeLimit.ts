import { StudioError, type Timekeeper } from '@studio/contracts';
import { systemTime } from '@studio/infra';

const passed = (limitMs: number): StudioError =>
  new StudioError('unavailable', 'node.timeout', `It did not end within ${limitMs} ms`, {
    extra: { outcomeUnknown: true },
  });

const silent = (limitMs: number): StudioError =>
  new StudioError(
    ...(['unavailable', 'node.heartbeat_timeout'] as const),
    `It gave no sign of life for ${limitMs} ms`,
    { extra: { outcomeUnknown: true } },
  );

/** Does the work until `watch` gives it up: then its signal calls it off, and nobody waits for it any more. */
const unlessGivenUp = async <Made>(
  off: AbortController,
  watch: (giveUp: (error: StudioError) => void) => () => void,
  work: (off: AbortController) => Promise<Made>,
): Promise<Made> => {
  const limited = new AbortController();
  const callOff = (): void => {
    limited.abort();
  };
  off.signal.addEventListener('abort', callOff, { once: true });
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const stopWatching = watch((error) => {
    reject(error);
    limited.abort();
  });
  try {
    return await Promise.race([work(limited), givenUp]);
  } finally {
    stopWatching();
    off.signal.removeEventListener('abort', callOff);
  }
};

/** Does the work for so long at most. Error: `node.timeout`, beside those of the work. */
export const withinTimeLimit = async <Made>(
  limitMs: number | undefined,
  off: AbortController,
  work: (off: AbortController) => Promise<Made>,
  time: Timekeeper = systemTime,
): Promise<Made> =>
  limitMs === undefined
    ? work(off)
    : unlessGivenUp(
        off,
        (giveUp) =>
          time.after(limitMs, () => {
            giveUp(passed(limitMs));
          }),
        work,
      );

/**
 * Does the work for as long as it beats, from one beat to the next within so long.
 * Error: `node.heartbeat_timeout`, beside those of the work.
 */
export const withinHeartbeat = async <Made>(
  limitMs: number | undefined,
  off: AbortController,
  work: (off: AbortController, beat: () => void) => Promise<Made>,
  time: Timekeeper = systemTime,
): Promise<Made> => {
  if (limitMs === undefined) return work(off, () => undefined);
  let beatAtMs = time.nowMs();
  let stopTimer = (): void => undefined;
  // Beats come thick and fast: the timer looks for the last one when it rings.
  const lookIn = (ms: number, giveUp: (error: StudioError) => void): void => {
    stopTimer = time.after(ms, () => {
      const leftMs = beatAtMs + limitMs - time.nowMs();
      if (leftMs > 0) lookIn(leftMs, giveUp);
      else giveUp(silent(limitMs));
    });
  };
  return unlessGivenUp(
    off,
    (giveUp) => {
      lookIn(limitMs, giveUp);
      return () => {
        stopTimer();
      };
    },
    (limited) =>
      work(limited, () => {
        beatAtMs = time.nowMs();
      }),
  );
};
