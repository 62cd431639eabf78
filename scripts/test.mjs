// npm test [-- unit|int|e2e] [files] [-t 'a name'] [any flag of Jest]
import { existsSync } from 'node:fs';

import { run } from 'jest';

if (existsSync('.env')) process.loadEnvFile('.env');

const suites = ['unit', 'int', 'e2e'];
const given = process.argv.slice(2);

/** One suite, whole or in the folders and files behind its name; Jest by itself would take either. */
const ofSuite = ([suite, ...rest]) => {
  const flagsFrom = rest.findIndex((word) => word.startsWith('-'));
  const places = flagsFrom === -1 ? rest : rest.slice(0, flagsFrom);
  const within = places.length === 0 ? '' : `(?:${places.join('|')}).*`;
  const pattern = String.raw`${within}\.${suite}\.test\.ts$`;
  return ['--testPathPatterns', pattern, ...rest.slice(places.length)];
};

await run(suites.includes(given[0]) ? ofSuite(given) : given);
