// sum.mjs FILE…: adds up results that Jest wrote with --json. A run that left none, a file that could not be run and a
// test that every run skipped each count as failed: a check that did not happen has not passed.
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
const ran = new Set();
const skipped = new Set();
const fail = (what) => {
  console.log(`failed: ${what}`);
  failed += 1;
};

const addSuite = ({ name, message, status, assertionResults }) => {
  if (status === 'failed' && assertionResults.length === 0) fail(`${name}: ${message}`);
  for (const { fullName, status: outcome } of assertionResults) {
    if (outcome === 'pending') skipped.add(fullName);
    else ran.add(fullName);
    if (outcome === 'passed') passed += 1;
    else if (outcome !== 'pending') fail(`${fullName} (${outcome})`);
  }
};

for (const file of process.argv.slice(2))
  if (existsSync(file)) JSON.parse(readFileSync(file, 'utf8')).testResults.forEach(addSuite);
  else fail(`${file} was not written: the tests did not run`);

for (const name of skipped) if (!ran.has(name)) fail(`${name} (skipped)`);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
