import { join } from 'node:path';

import {
  type ArchivedBlock,
  archivedTo,
  archiveLog,
  createLocalFileStorage,
  restoreArchive,
} from '@studio/infra';

import type { Command } from './command.ts';
import { CommandError, type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import type { Given } from './given.ts';
import { type LogAccess, withLog } from './logStore.ts';
import type { Shell } from './shell.ts';

const keptByDefault = 1_000_000;

const tellEach = async (
  shell: Shell,
  did: string,
  blocks: AsyncIterable<ArchivedBlock>,
): Promise<void> => {
  let [events, bytes] = [0n, 0];
  for await (const block of blocks) {
    events += block.lastPosition - block.firstPosition + 1n;
    bytes += block.bytes ?? 0;
    if (!shell.asJson)
      shell.remark(`${did} positions ${block.firstPosition} to ${block.lastPosition}`);
  }
  shell.result({ did, events: Number(events), bytes }, () => [
    events === 0n
      ? 'Nothing to do'
      : `${did} ${events} events${bytes > 0 ? `, files of ${bytes} bytes` : ''}`,
  ]);
};

const filesOf = ({ dataDir }: LogAccess) => createLocalFileStorage(join(dataDir, 'files'));

const moveOut = async (shell: Shell, log: LogAccess, given: Given): Promise<void> => {
  const keep = given.count('keep') ?? keptByDefault;
  const dryRun = given.flag('dry-run');
  const parts = { ...log, files: filesOf(log) };
  await tellEach(shell, dryRun ? 'Would archive' : 'Archived', archiveLog(parts, { keep, dryRun }));
};

const status = async (shell: Shell, { pool, store }: LogAccess): Promise<void> => {
  const [archived, end] = [await archivedTo(pool), await store.lastPosition()];
  shell.result({ archived_to: archived.toString(), end: end.toString() }, () => [
    `Archived up to position ${archived}; the log ends at ${end}`,
  ]);
};

const forms: Readonly<
  Record<string, (shell: Shell, log: LogAccess, given: Given) => Promise<void>>
> = {
  status,
  move: moveOut,
  restore: (shell, log) =>
    tellEach(shell, 'Restored', restoreArchive({ ...log, files: filesOf(log) })),
};

export const archive: Command = {
  name: 'archive',
  summary: 'move old events from the database into files, or back',
  usage: ['archive status', 'archive move [--keep N] [--dry-run]', 'archive restore'],
  notes: [
    'status   up to where the log is archived',
    `move     moves the oldest events into DATA_DIR/files/archive, all but the newest ${keptByDefault} (--keep);`,
    '         the log goes on reading them there: runs, replays, rebuilds and verify know no difference.',
    '         A studio may run on. --dry-run says what it would do',
    'restore  brings all of them back into the database; stop the studio first. The files stay',
    'The files are a part of the log from then on: back them up with it.',
  ],
  example: 'archive move --keep 5000000 --dry-run',
  options: { keep: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  maxWords: 1,
  run: async (shell, given): Promise<ExitCode> => {
    const form = given.word(0, 'status, move or restore');
    const act = Object.hasOwn(forms, form) ? forms[form] : undefined;
    if (!act) throw usageError(`There is no 'archive ${form}'`);
    await withLog(shell, (log) => {
      if (!log.gapless) throw new CommandError(exitCodes.failed, 'This log lies in EventStoreDB');
      return act(shell, log, given);
    });
    return exitCodes.ok;
  },
};
