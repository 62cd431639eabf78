import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Bench } from './bench.ts';
import { benchLine, type Measured, newMeasured } from './benchLine.ts';

interface Appending {
  /** Appends for so long; answers how often. */
  slice(ms: number): Promise<number>;
  end(): Promise<void>;
}

const start = (url: string, writers: number): Appending => {
  const args = [join(import.meta.dirname, 'appendingProcess.ts'), url, String(writers)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    slice: async (ms) => {
      child.stdin.write(`${ms}\n`);
      const { value } = await lines.next();
      return Number(value);
    },
    end: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
};

const sliceMs = 1_000;
const rounds = 10;
/** Four processes share the cores while their code is compiled, so that it takes them as much longer. */
const warmUpMs = { four: 20_000, one: 5_000 };

/** Four processes that share the writers, beside one that has them all: the writer lock must not cost what processes gain. */
const fourBesideOne = async (
  report: Parameters<Bench>[0],
  url: string,
  writers: number,
): Promise<void> => {
  const [four, one] = [
    Array.from({ length: 4 }, () => start(url, writers / 4)),
    [start(url, writers)],
  ];
  const [ours, theirs] = [newMeasured(), newMeasured()];
  const slice = async (
    processes: readonly Appending[],
    into: Measured,
    ms = sliceMs,
  ): Promise<void> => {
    const begun = performance.now();
    const steps = await Promise.all(processes.map((each) => each.slice(ms)));
    const took = performance.now() - begun;
    into.rates.push((steps.reduce((sum, each) => sum + each, 0) * 1000) / took);
    into.latenciesMs.push(took);
  };
  await slice(four, newMeasured(), warmUpMs.four);
  await slice(one, newMeasured(), warmUpMs.one);
  for (let round = 0; round < rounds; round += 1) {
    await slice(four, ours);
    await slice(one, theirs);
  }
  await Promise.all([...four, ...one].map((each) => each.end()));
  report(
    benchLine({
      ...{ bench: 'store', case: 'append-by-4-processes', concurrency: writers, ours, theirs },
      ...{ unit: 'appends/s', baseline: 'one process with as many writers' },
    }),
  );
};

export const fourProcesses = async (report: Parameters<Bench>[0], url: string): Promise<void> => {
  for (const writers of [64, 256]) await fourBesideOne(report, url, writers);
};
