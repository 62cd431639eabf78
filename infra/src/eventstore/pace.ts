import { performance } from 'node:perf_hooks';

const lookEveryMs = 100;
/**
 * Above this share of the time, the turnaround of a batch in this process takes longer than its
 * flush to disk does, so a second batch that is prepared meanwhile is worth a flush of its own.
 * Below it the disk is what everyone waits for, and fewer, larger batches win (ADR 0002).
 */
const busyShare = 0.4;

/** Answers whether this process itself, and not the disk, has lately been the bottleneck. */
export const createPace = (): (() => boolean) => {
  let since = performance.eventLoopUtilization();
  let lookedAt = performance.now();
  let busy = false;
  return () => {
    if (performance.now() - lookedAt < lookEveryMs) return busy;
    const now = performance.eventLoopUtilization();
    busy = performance.eventLoopUtilization(now, since).utilization > busyShare;
    since = now;
    lookedAt = performance.now();
    return busy;
  };
};
