import type { Measured } from './benchLine.ts';

/** One step of a writer: called again and again until the slice ends. */
export type Step = (writer: number) => Promise<void>;

/** One side of a comparison. */
export interface Side {
  readonly step: Step;
  readonly into: Measured;
  /** Where it is not the number that both sides have. */
  readonly writers?: number;
  /** What has to come after a slice's last step before the clock stops. */
  readonly settled?: () => Promise<void>;
}

export interface Slices {
  readonly writers: number;
  readonly sliceMs: number;
  readonly rounds: number;
}

const slice = async (side: Side, slices: Slices): Promise<void> => {
  const { step, into, writers = slices.writers, settled } = side;
  const start = performance.now();
  let steps = 0;
  const write = async (writer: number): Promise<void> => {
    for (let now = start; now - start < slices.sliceMs;) {
      await step(writer);
      const done = performance.now();
      into.latenciesMs.push(done - now);
      now = done;
      steps += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  await settled?.();
  into.rates.push((steps * 1000) / (performance.now() - start));
};

/** Short slices of one and the other in turn, so that what else the machine does hits both. A first round warms up. */
export const alternate = async (sides: readonly Side[], slices: Slices): Promise<void> => {
  const warmUp = { ...slices, sliceMs: Math.min(slices.sliceMs, 1_000) };
  for (const side of sides) await slice({ ...side, into: { rates: [], latenciesMs: [] } }, warmUp);
  for (let round = 0; round < slices.rounds; round += 1)
    for (const side of sides) await slice(side, slices);
};
