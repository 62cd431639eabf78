import type { Attributes, Meter } from '@opentelemetry/api';

/**
 * A counter for paths that are taken thousands of times a second: counts in a map, and hands the sums over
 * when someone looks. A counter of OpenTelemetry writes its labels out as JSON each time.
 */
export const createTally = <Labels extends Attributes>(
  meter: Meter,
  name: string,
  description: string,
): ((key: string, labels: () => Labels) => void) => {
  const sums = new Map<string, { readonly labels: Labels; sum: number }>();
  meter.createObservableCounter(name, { description }).addCallback((result) => {
    for (const { labels, sum } of sums.values()) result.observe(sum, labels);
  });
  return (key, labels) => {
    const known = sums.get(key);
    if (known) known.sum += 1;
    else sums.set(key, { labels: labels(), sum: 1 });
  };
};
