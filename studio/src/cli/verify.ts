import type { Database } from '@studio/infra';

import { createChainCheck } from './chainCheck.ts';
import type { Command } from './command.ts';
import { withDatabase } from './database.ts';
import { CommandError, type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import type { Given } from './given.ts';
import { lastPosition, type LogRow, logRows, streamRows } from './logRows.ts';
import type { Shell } from './shell.ts';

const nameOf = ({ position, stream, revision, type }: LogRow): string =>
  `position ${position} (${stream} revision ${revision}, ${type})`;

const tellBad = (shell: Shell, row: LogRow, problem: string): ExitCode => {
  const { position, stream, revision, eventId: event_id, type } = row;
  const bad = { position, stream, revision: Number(revision), event_id, type };
  shell.result({ verified: false, first_bad: bad, problem }, () => [`${nameOf(row)}: ${problem}`]);
  return exitCodes.failed;
};

const rowsToCheck = async (pool: Database, stream?: string) =>
  stream === undefined
    ? logRows(pool, { after: 0n, until: await lastPosition(pool) })
    : streamRows(pool, stream);

const check = async (shell: Shell, pool: Database, stream?: string): Promise<ExitCode> => {
  const chain = createChainCheck(stream === undefined);
  for await (const row of await rowsToCheck(pool, stream)) {
    const problem = chain.next(row);
    if (problem !== null) return tellBad(shell, row, problem);
  }
  const [events, streams] = [chain.events(), chain.streams()];
  if (stream !== undefined && events === 0)
    throw new CommandError(exitCodes.notFound, `There is no stream ${stream}`);
  shell.result({ verified: true, events, streams }, () => [
    `${events} events of ${streams} streams verify`,
  ]);
  return exitCodes.ok;
};

const streamOf = (given: Given): string | undefined => {
  const stream = given.text('stream');
  if (stream !== undefined && given.flag('all')) throw usageError('--all or --stream, not both');
  return stream;
};

export const verify: Command = {
  name: 'verify',
  summary: 'check that the log holds what was written',
  usage: ['verify [--all | --stream STREAM]'],
  notes: [
    'Reads the raw bytes straight from Postgres (DATABASE_URL, else the one in DATA_DIR, running or not),',
    'computes every chain hash again, and names the first event that is not what was written.',
    'Events cut off at the very end leave no trace in the chain: compare the count with an earlier one.',
  ],
  example: 'verify --stream execution-01a20885-762b-7000-8000-01033061433a',
  options: { all: { type: 'boolean' }, stream: { type: 'string' } },
  maxWords: 0,
  run: (shell, given) => {
    const stream = streamOf(given);
    return withDatabase(shell, (pool) => check(shell, pool, stream));
  },
};
