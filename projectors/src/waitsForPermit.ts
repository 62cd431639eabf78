import type { Permit, WaitingReason } from '@studio/contracts';

/** What a run waits for that needs all of these permits: the one that says most of it. */
export const waitsForPermit = (permits: readonly Permit[]): WaitingReason => {
  if (permits.some(({ debounceMs }) => debounceMs !== undefined)) return 'debounce';
  const held = permits.filter(({ withinMs }) => withinMs === undefined);
  if (held.length === 0) return 'rate';
  return held.some(({ most }) => most === 1) ? 'singleton' : 'concurrency';
};
