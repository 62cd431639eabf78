import { performance } from 'node:perf_hooks';

const lookEveryMs = 100;
/**
 * Shares of the time that the event loop is busy, measured at the two crossings (ADR 0002): with one
 * batch in flight, above the first a second one pays; with two, below the second it no longer does,
 * because the disk is what everyone waits for and each batch needs a flush of its own.
 */
const startsToPay = 0.42;
const stopsToPay = 0.48;

/** Answers whether this process itself, and not the disk, has lately been the bottleneck. */
export const createPace = (): (() => boolean) => {
  let since = performance.eventLoopUtilization();
  let lookedAt = performance.now();
  let busy = false;
  return () => {
    if (performance.now() - lookedAt < lookEveryMs) return busy;
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, since);
    busy = utilization > (busy ? stopsToPay : startsToPay);
    since = now;
    lookedAt = performance.now();
    return busy;
  };
};
