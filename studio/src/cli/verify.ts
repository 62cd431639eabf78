import type { StoredEvent, StreamName } from '@studio/contracts';
import { type Verdict, verifyLog, verifyStream } from '@studio/infra';

import type { Command } from './command.ts';
import { CommandError, type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import type { Given } from './given.ts';
import { type LogAccess, withLog } from './logStore.ts';
import type { Shell } from './shell.ts';
import { filesBeside, findSignedHead, type SignedHeadFound } from './verifyParts.ts';

const nameOf = ({ position, stream, revision, type }: StoredEvent): string =>
  `position ${position} (${stream} revision ${revision}, ${type})`;

const tellBad = (shell: Shell, problem: string, at: StoredEvent | null): ExitCode => {
  const bad = at && {
    position: at.position.toString(),
    ...{ stream: at.stream, revision: at.revision, event_id: at.eventId, type: at.type },
  };
  shell.result({ verified: false, first_bad: bad, problem }, () => [
    at ? `${nameOf(at)}: ${problem}` : problem,
  ]);
  return exitCodes.failed;
};

type Good = Extract<Verdict, { problem: null }>;

const countsOf = ({ events, streams, files, erasedFiles }: Good): string =>
  `${events} events of ${streams} streams verify, and ${files} files; ${erasedFiles} files were erased with their keys`;

const tellGood = (shell: Shell, verdict: Good, head: SignedHeadFound['head']): ExitCode => {
  const { events, streams, files, erasedFiles } = verdict;
  const signed = head && { position: head.position.toString(), signed_at: head.signedAt };
  const value = { verified: true, events, streams, files, erased_files: erasedFiles };
  shell.result({ ...value, signed_head: signed }, () => [
    countsOf(verdict),
    ...(head ? [`as signed at ${head.signedAt}, up to position ${head.position}`] : []),
  ]);
  return exitCodes.ok;
};

const checkStream = async (shell: Shell, log: LogAccess, stream: string): Promise<ExitCode> => {
  const parts = { ...log, head: null, files: filesBeside(shell, log) };
  const verdict = await verifyStream(parts, stream as StreamName); // an unknown name finds nothing
  if (verdict.problem !== null) return tellBad(shell, verdict.problem, verdict.at);
  if (verdict.events === 0)
    throw new CommandError(exitCodes.notFound, `There is no stream ${stream}`);
  return tellGood(shell, verdict, null);
};

const checkAll = async (shell: Shell, log: LogAccess, publicKey?: string): Promise<ExitCode> => {
  const { head, problem, remark } = await findSignedHead(log, publicKey);
  if (remark !== undefined) shell.remark(remark);
  const verdict = await verifyLog({ ...log, head, files: filesBeside(shell, log) });
  if (verdict.problem !== null) return tellBad(shell, verdict.problem, verdict.at);
  return problem === undefined ? tellGood(shell, verdict, head) : tellBad(shell, problem, null);
};

const streamOf = (given: Given): string | undefined => {
  const stream = given.text('stream');
  if (stream !== undefined && given.flag('all')) throw usageError('--all or --stream, not both');
  return stream;
};

export const verify: Command = {
  name: 'verify',
  summary: 'check that the log holds what was written',
  usage: ['verify [--all] [--public-key FILE]', 'verify --stream STREAM'],
  notes: [
    'Reads the raw bytes straight from the log (EVENTSTOREDB_URL, else DATABASE_URL, else the Postgres in',
    'DATA_DIR, running or not), computes every chain hash again, reads every file that an event names',
    '(DATA_DIR/files), and names the first event that is not what was written.',
    '--all (the default) also compares the log with its head as the studio signed it, every minute and at stop,',
    'in DATA_DIR/heads: so the removal of the newest events, or of whole streams, is seen. It needs the master',
    'key, or the public half of the signing key (--public-key; the studio leaves it in DATA_DIR/keys/heads.pem).',
    "--stream checks one stream; whether that stream's own end was cut off, only --all can tell.",
  ],
  example: 'verify --stream execution-01a20885-762b-7000-8000-01033061433a',
  options: {
    all: { type: 'boolean' },
    stream: { type: 'string' },
    'public-key': { type: 'string' },
  },
  maxWords: 0,
  run: (shell, given) => {
    const stream = streamOf(given);
    const file = given.text('public-key');
    const publicKey = file === undefined ? undefined : shell.path(file);
    return withLog(shell, (log) =>
      stream === undefined ? checkAll(shell, log, publicKey) : checkStream(shell, log, stream),
    );
  },
};
