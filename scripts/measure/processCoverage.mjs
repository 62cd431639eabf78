import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { mergeProcessCovs } from '@bcoe/v8-coverage';

import { isMeasured } from './sources.mjs';

/** A file is whole once nobody has written to it for so long. */
const restMs = 3_000;

/** Jest's own processes: what they run of ours is counted inside of them, and what they leave at their end is partial. */
const isJest = ({ result }) =>
  result.some(({ url }) => url.includes('/node_modules/jest-runtime/'));

const ofOurs = ({ result }) => ({
  result: result.filter(({ url }) => url.startsWith('file:') && isMeasured(fileURLToPath(url))),
});

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // its process was killed while it wrote
  }
};

/** Adds up, and takes away, what processes that have ended left in a folder (NODE_V8_COVERAGE). */
export const createProcessCoverage = (folder) => {
  let merged = { result: [] };

  const take = (path) => {
    const coverage = parsed(readFileSync(path, 'utf8'));
    rmSync(path);
    if (coverage && !isJest(coverage)) merged = mergeProcessCovs([merged, ofOurs(coverage)]);
  };

  const sweepOlderThan = (ageMs) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs >= ageMs) take(path);
    }
  };

  return {
    sweep: () => sweepOlderThan(restMs),
    sweepAll: () => sweepOlderThan(0),
    merged: () => merged,
  };
};
