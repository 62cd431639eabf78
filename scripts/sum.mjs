// sum.mjs FILE…: adds up results that Jest wrote with --json. A run that left none, a file that could not be run and a
// test that was skipped each count as failed: a check that did not happen has not passed.
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
const fail = (what, count = 1) => {
  console.log(`failed: ${what}`);
  failed += count;
};

for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    fail(`${file} was not written: the tests did not run`);
    continue;
  }
  const results = JSON.parse(readFileSync(file, 'utf8'));
  passed += results.numPassedTests;
  for (const { name, message, status, assertionResults } of results.testResults) {
    if (status === 'failed' && assertionResults.length === 0) fail(`${name}: ${message}`);
    for (const { fullName, status: outcome } of assertionResults)
      if (outcome !== 'passed') fail(`${fullName} (${outcome})`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
