// npm run simulate -- [--seed N] [--seeds COUNT] [--steps MOST] [--switch epoch|intent|checkpoint]
import { parseArgs } from 'node:util';

import { simulate, type SimulateOptions, type Simulation } from './simulate.ts';
import { switches } from './switches.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '100000' },
    switch: { type: 'string' },
  },
});

const linesOfTrace = 40;

const numberOf = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new TypeError(`${text} is no whole number`);
  return number;
};

const switchedOn = switches.find((name) => name === values.switch) ?? null;
if (values.switch !== undefined && !switchedOn)
  throw new TypeError(`--switch is one of ${switches.join(', ')}`);
const options: SimulateOptions = { switchedOn, mostSteps: numberOf(values.steps) };
const first = numberOf(values.seed);
const count = numberOf(values.seeds);

const print = (line: string): void => {
  console.log(line);
};

const gist = ({ seed, steps, simulatedMs, runs, facts, arrivals }: Simulation): string =>
  `seed ${seed}: ${runs} runs, ${facts} facts, ${arrivals} effects arrived, ${steps} steps, ${simulatedMs} ms`;

/** A seed that broke a promise is run once more, to tell how it came to that. */
const tellTrace = async (seed: number): Promise<void> => {
  const lines: string[] = [];
  await simulate(seed, { ...options, tell: (line) => lines.push(line) });
  for (const line of lines.slice(-linesOfTrace)) print(line);
};

/** False: a promise was broken. */
const tryOut = async (seed: number): Promise<boolean> => {
  const alone = count === 1;
  const simulation = await simulate(seed, alone ? { ...options, tell: print } : options);
  const { broken } = simulation;
  if (broken !== null && !alone) await tellTrace(seed);
  if (broken !== null || alone || seed % 500 === 0) print(gist(simulation));
  if (broken !== null) print(`BROKEN with seed ${seed}: ${broken}`);
  return broken === null;
};

let kept = true;
for (let seed = first; kept && seed < first + count; seed += 1) kept = await tryOut(seed);
if (kept) print(`${count} seeds from ${first}: every promise was kept`);
else process.exitCode = 1;
