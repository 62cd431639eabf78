/** One line of a bench's output: a case, beside a baseline of the same run. */
export interface BenchLine {
  readonly bench: string;
  readonly case: string;
  readonly concurrency: number;
  readonly rate: number;
  readonly unit: string;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly baseline: string;
  readonly baseline_rate: number;
  readonly ratio: number;
  readonly rss_mb: number;
  /** By how much it rose at most, where that is the question. */
  readonly added_rss_mb?: number;
}

/** What one side of a comparison did in its slices. */
export interface Measured {
  /** Per second, one for each slice. */
  readonly rates: number[];
  readonly latenciesMs: number[];
}

export const newMeasured = (): Measured => ({ rates: [], latenciesMs: [] });

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export interface Comparison {
  readonly bench: string;
  readonly case: string;
  readonly concurrency: number;
  readonly unit: string;
  readonly baseline: string;
  readonly ours: Measured;
  readonly theirs: Measured;
}

/** The ratio is the median over pairs of neighbouring slices, so that a noisy minute counts for both sides. */
export const benchLine = ({ ours, theirs, ...rest }: Comparison): BenchLine => ({
  bench: rest.bench,
  case: rest.case,
  concurrency: rest.concurrency,
  rate: Math.round(median(ours.rates)),
  unit: rest.unit,
  p50_ms: rounded(median(ours.latenciesMs), 3),
  p99_ms: rounded(quantile(ours.latenciesMs, 0.99), 3),
  baseline: rest.baseline,
  baseline_rate: Math.round(median(theirs.rates)),
  ratio: rounded(median(ours.rates.map((rate, slice) => rate / (theirs.rates[slice] ?? rate))), 2),
  rss_mb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
});
