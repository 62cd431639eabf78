import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import {
  checkExport,
  createLocalFileStorage,
  type ExportedLog,
  exportedParts,
  exportLog,
  exportState,
  importLog,
  importState,
  type MasterKey,
} from '@studio/infra';

import type { Command } from './command.ts';
import { CommandError, exitCodes } from './exitCodes.ts';
import { type LogAccess, withLog } from './logStore.ts';
import type { Shell } from './shell.ts';
import { filesIn, masterKeyOf } from './verifyParts.ts';

const neededMasterKey = async (log: LogAccess): Promise<MasterKey> => {
  const master = await masterKeyOf(log);
  if (master) return master;
  throw new CommandError(
    exitCodes.notFound,
    'There is no master key: set SECRET_KEY, or DATA_DIR with keys/master.key',
  );
};

const tell = (shell: Shell, did: string, log: ExportedLog, stateRows: number): void => {
  const { storeId: store_id, events, streams, files } = log;
  shell.result({ did, store_id, events, streams, files, state_rows: stateRows }, () => [
    `${did} ${events} events of ${streams} streams, ${files} files and ${stateRows} rows of state`,
  ]);
};

/** It would act on runs of which only a part has come, and the rest would have no place any more. */
const refuseRunningStudio = async ({ pool }: LogAccess): Promise<void> => {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and application_name = 'studio'`,
  );
  if (rowCount !== 0)
    throw new CommandError(exitCodes.failed, 'A studio has this database: stop it first');
};

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the log, its files and the state into a folder',
  usage: ['export FOLDER'],
  notes: [
    'log.ndjson    every event as it lies in the log, one a line, the last line with the hash of all;',
    '              sealed values stay sealed. It bears this name once it is whole',
    'files/        the files that events name',
    'state.sealed  data keys, accounts, sessions: sealed under the master key (SECRET_KEY or DATA_DIR/keys)',
    'A studio may run on. The log and its files are verified while they are written. Run it again to go on',
    'where it was cut short.',
  ],
  example: 'export /backup/studio',
  maxWords: 1,
  run: async (shell, given) => {
    const folder = shell.path(given.word(0, 'FOLDER'));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const done = await exportedParts(folder);
    if (done.log && done.state)
      throw new CommandError(exitCodes.failed, `${folder} holds a whole export already`);
    await withLog(shell, async (log) => {
      const master = await neededMasterKey(log);
      const source = filesIn(join(log.dataDir, 'files'), log.pool);
      const target = createLocalFileStorage(join(folder, 'files'));
      const exported = done.log
        ? await checkExport(folder)
        : await exportLog({ ...log, ...source, target, folder });
      // After the log: a key that an event needs is made before the event.
      tell(shell, 'Exported', exported, await exportState(log.pool, master, folder));
    });
    return exitCodes.ok;
  },
};

export const importCommand: Command = {
  name: 'import',
  summary: 'bring an export into the log of this studio',
  usage: ['import FOLDER'],
  notes: [
    'The log of the export is checked as a whole before anything is stored, and each file before its event.',
    "Events keep their ids, hashes and order, so verify finds the same chains; positions are the new log's own,",
    'and those of the old one are refused (410). It needs the master key of the studio that was exported, a',
    'database that a studio has made (start it once), an empty log, and no studio that runs. Run it again to go',
    'on where it was cut short.',
  ],
  example: 'import /backup/studio',
  maxWords: 1,
  run: async (shell, given) => {
    const folder = shell.path(given.word(0, 'FOLDER'));
    const there = await exportedParts(folder);
    if (!there.log || !there.state)
      throw new CommandError(exitCodes.notFound, `There is no whole export in ${folder}`);
    await withLog(shell, async (log) => {
      await refuseRunningStudio(log);
      const master = await neededMasterKey(log);
      const exported = await checkExport(folder);
      const rows = await importState(log.pool, master, folder); // first, so that no event waits for its key
      const files = createLocalFileStorage(join(log.dataDir, 'files'));
      const source = filesIn(join(folder, 'files'), log.pool);
      await importLog({ ...log, files, source, folder });
      tell(shell, 'Imported', exported, rows);
    });
    return exitCodes.ok;
  },
};
