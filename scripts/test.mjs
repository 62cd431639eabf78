// npm test [-- unit|int|e2e] [files] [-t 'a name'] [any flag of Jest]
import { existsSync } from 'node:fs';

import { run } from 'jest';

if (existsSync('.env')) process.loadEnvFile('.env');

const [first, ...rest] = process.argv.slice(2);
const suites = ['unit', 'int', 'e2e'];
const args = suites.includes(first)
  ? ['--testPathPatterns', String.raw`\.${first}\.test\.ts$`, ...rest]
  : process.argv.slice(2);

await run(args);
