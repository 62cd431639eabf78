import type { Measured } from './benchLine.ts';

/** One step of a writer: called again and again until the slice ends. */
export type Step = (writer: number) => Promise<void>;

export interface Slices {
  readonly writers: number;
  readonly sliceMs: number;
  readonly rounds: number;
}

const slice = async (step: Step, { writers, sliceMs }: Slices, into: Measured): Promise<void> => {
  const start = performance.now();
  let steps = 0;
  const write = async (writer: number): Promise<void> => {
    for (let now = start; now - start < sliceMs;) {
      await step(writer);
      const done = performance.now();
      into.latenciesMs.push(done - now);
      now = done;
      steps += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  into.rates.push((steps * 1000) / (performance.now() - start));
};

/** Short slices of one and the other in turn, so that what else the machine does hits both. A first round warms up. */
export const alternate = async (
  sides: readonly { readonly step: Step; readonly into: Measured }[],
  slices: Slices,
): Promise<void> => {
  const warmUp = { ...slices, sliceMs: Math.min(slices.sliceMs, 1_000) };
  for (const { step } of sides) await slice(step, warmUp, { rates: [], latenciesMs: [] });
  for (let round = 0; round < slices.rounds; round += 1)
    for (const { step, into } of sides) await slice(step, slices, into);
};
