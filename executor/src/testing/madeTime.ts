import type { Timekeeper } from '@studio/contracts';

/** Time that passes when the test says so. */
export const madeTime = () => {
  let nowMs = 0;
  const timers = new Set<{ atMs: number; then: () => void }>();
  const time: Timekeeper = {
    nowMs: () => nowMs,
    after: (ms, then) => {
      const timer = { atMs: nowMs + ms, then };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const pass = (ms: number): void => {
    const untilMs = nowMs + ms;
    for (;;) {
      const [next] = [...timers]
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      timers.delete(next);
      nowMs = next.atMs;
      next.then();
    }
    nowMs = untilMs;
  };
  return { time, pass, waiting: () => timers.size };
};
