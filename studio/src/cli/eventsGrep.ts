import type { StoredEvent } from '@studio/contracts';

import { type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import type { Given } from './given.ts';
import { logRows } from './logRows.ts';
import { withLog } from './logStore.ts';
import { rowFilter } from './rowFilter.ts';
import { rowLine, rowValue } from './rowLine.ts';
import type { Shell } from './shell.ts';

const patternOf = (text: string): RegExp => {
  try {
    return new RegExp(text, 'iu');
  } catch {
    throw usageError(`'${text}' is no regular expression`);
  }
};

const holds = ({ stream, eventId, type, data, metadata }: StoredEvent, pattern: RegExp): boolean =>
  [stream, eventId, type, data, metadata].some((text) => pattern.test(text));

/** Looks for a pattern in all of the log, as it lies there: what is sealed is not found. */
export const grepEvents = async (shell: Shell, given: Given): Promise<ExitCode> => {
  given.noMoreWords(2);
  const pattern = patternOf(given.word(1, 'PATTERN'));
  const wanted = rowFilter(given);
  return withLog(shell, async ({ store }) => {
    let found = false;
    for await (const row of logRows(store, { after: 0n, until: await store.lastPosition() })) {
      if (!wanted(row) || !holds(row, pattern)) continue;
      found = true;
      shell.result(rowValue(row), () => [`${rowLine(row)}  ${row.data}`]);
    }
    return found ? exitCodes.ok : exitCodes.notFound;
  });
};
