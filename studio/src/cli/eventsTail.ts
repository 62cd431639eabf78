import { setTimeout as sleep } from 'node:timers/promises';

import { type ExitCode, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import { startOfLast } from './lastEvents.ts';
import { logRows } from './logRows.ts';
import { withLog } from './logStore.ts';
import { rowFilter } from './rowFilter.ts';
import { rowLine, rowValue } from './rowLine.ts';
import type { Shell } from './shell.ts';

const lookEveryMs = 500;
const shownFirst = 10;

/** The end of the log, and what is appended from then on: none appears behind another. */
export const tailEvents = async (shell: Shell, given: Given): Promise<ExitCode> => {
  given.noMoreWords(1);
  const wanted = rowFilter(given);
  const lines = given.count('lines') ?? shownFirst;
  return withLog(shell, async ({ store, gapless }) => {
    let until = await store.lastPosition();
    let after = await startOfLast({ store, gapless }, lines, until);
    for (;;) {
      for await (const row of logRows(store, { after, until }))
        if (wanted(row)) shell.result(rowValue(row), () => [rowLine(row)]);
      if (given.flag('once')) return exitCodes.ok;
      await sleep(lookEveryMs);
      [after, until] = [until, await store.lastPosition()];
    }
  });
};
