import type { BenchLine } from './benchLine.ts';

/** `node tests/bench/bench.ts NAME` runs `NAME.bench.ts` and prints one JSON line for each of its cases. */
export type Bench = (report: (line: BenchLine) => void) => Promise<void>;

const name = process.argv[2];
if (!name || !/^[a-z]+$/.test(name)) {
  console.error('usage: node tests/bench/bench.ts NAME, for tests/bench/NAME.bench.ts');
  process.exit(1);
}
const { bench } = (await import(`./${name}.bench.ts`)) as { bench: Bench }; // every bench file exports it
await bench((line) => console.log(JSON.stringify(line)));
