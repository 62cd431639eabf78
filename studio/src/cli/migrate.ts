import { type Database, migrate, migrationHistory, newMigration, rollback } from '@studio/infra';

import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { withDatabase } from './database.ts';
import { type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import type { Given } from './given.ts';
import type { Shell } from './shell.ts';

const status = async (shell: Shell, pool: Database): Promise<void> => {
  const history = await migrationHistory(pool);
  const rows = history.map(({ name, appliedAt }) => ({
    name,
    applied_at: appliedAt?.toISOString() ?? null,
  }));
  shell.result(rows, () =>
    columns(rows.map(({ name, applied_at }) => [name, applied_at ?? 'not applied'])),
  );
};

const up = async (shell: Shell, pool: Database): Promise<void> => {
  const applied = await migrate(pool);
  shell.result({ applied }, () => (applied.length > 0 ? applied : ['Nothing was missing']));
};

/** The number that is the last to stay; without one given, all but the newest. */
const lastToStay = async (pool: Database, word: string | undefined): Promise<number> => {
  if (word !== undefined && !/^\d{1,9}$/.test(word))
    throw usageError(`'${word}' is no number of a migration`);
  if (word !== undefined) return Number(word);
  const applied = (await migrationHistory(pool)).filter(({ appliedAt }) => appliedAt !== null);
  return (applied.at(-1)?.number ?? 1) - 1;
};

const down = async (shell: Shell, pool: Database, given: Given): Promise<void> => {
  const undone = await rollback(pool, await lastToStay(pool, given.words[1]));
  shell.result({ undone }, () => (undone.length > 0 ? undone : ['Nothing to undo']));
};

const make = async (shell: Shell, given: Given): Promise<ExitCode> => {
  const files = await newMigration(given.word(1, 'NAME'));
  shell.result({ files }, () => files);
  return exitCodes.ok;
};

const onDatabase: Readonly<
  Record<string, (shell: Shell, pool: Database, given: Given) => Promise<void>>
> = { status, up, down };

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'show, apply or undo the migrations of the database',
  usage: ['migrate status', 'migrate up', 'migrate down [NUMBER]', 'migrate new NAME'],
  notes: [
    'status  which were applied, and when',
    'up      applies what is missing, as every start of the studio does',
    'down    undoes the newest, or all above NUMBER; stop the studio first. It refuses to drop',
    '        data that cannot be made again: that of the schemas log and state',
    'new     makes the two empty files of the next migration',
  ],
  example: 'migrate status',
  maxWords: 2,
  run: async (shell, given) => {
    const form = given.word(0, 'status, up, down or new');
    if (form === 'new') return make(shell, given);
    const act = Object.hasOwn(onDatabase, form) ? onDatabase[form] : undefined;
    if (!act) throw usageError(`There is no 'migrate ${form}'`);
    if (form !== 'down') given.noMoreWords(1);
    await withDatabase(shell, (pool) => act(shell, pool, given));
    return exitCodes.ok;
  },
};
