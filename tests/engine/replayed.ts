import { expect } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';
import { evolveRun, initialRun } from '@studio/domain';

import { digestOf, type Engine } from '../fixtures/engine.ts';

/**
 * Sees that the engine had, at every fact of each run that it brought forward, the very state that a replay of the log
 * has. Answers how many runs those were.
 */
export const expectReplayedStates = async (engine: Engine): Promise<number> => {
  const ids = new Set([...engine.digests.keys()].map((key) => key.split(' ')[0] ?? ''));
  let compared = 0;
  for (const id of ids) {
    let replayed = initialRun;
    for (const fact of await engine.facts(id as ExecutionId)) {
      // an id from the engine's own record
      replayed = evolveRun(replayed, fact);
      const live = engine.digests.get(`${id} ${replayed.revision}`);
      if (live === undefined) continue; // a fact that a person's command recorded
      expect(digestOf(replayed)).toBe(live);
      compared += 1;
    }
  }
  expect(compared).toBe(engine.digests.size);
  return ids.size;
};
