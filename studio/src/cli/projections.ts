import { createStoredPositions } from '@studio/infra';

import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { CommandError, exitCodes, usageError } from './exitCodes.ts';
import { type LogAccess, withLog } from './logStore.ts';
import type { Shell } from './shell.ts';

interface Standing {
  readonly name: string;
  readonly generation: string;
  readonly position: string;
  /** Events of the log that its rows do not know yet; where positions have gaps, not counted beyond 1,000. */
  readonly behind: number;
  readonly parked_streams: number;
}

const countedEvents = 1_000;

const standings = async ({ pool, store, gapless }: LogAccess): Promise<Standing[]> => {
  const stored = await createStoredPositions(pool, () => store.lastPosition()).positions();
  const end = await store.lastPosition();
  const behind = async (position: bigint): Promise<number> => {
    if (gapless || position === end) return Number(end - position);
    const { events } = await store.readAll({ after: position, limit: countedEvents });
    return events.length;
  };
  const standing = stored.map(async ({ projection, generation, position, parkedStreams }) => ({
    ...{ name: projection, generation, position: String(position) },
    ...{ behind: await behind(position), parked_streams: parkedStreams },
  }));
  return Promise.all(standing);
};

const list = async (shell: Shell, log: LogAccess): Promise<void> => {
  const all = await standings(log);
  shell.result(all, () =>
    columns([
      ['NAME', 'TABLES', 'POSITION', 'BEHIND', 'PARKED'],
      ...all.map(({ name, generation, position, behind, parked_streams }) => [
        ...[name, generation, position, String(behind), String(parked_streams)],
      ]),
    ]),
  );
};

const rebuild = async (shell: Shell, log: LogAccess, name: string): Promise<void> => {
  // Loaded only here: no other command follows the log as the studio does.
  const { rebuildProjection } = await import('./rebuildProjection.ts');
  const before = (await standings(log)).find((each) => each.name === name);
  if (!before) throw new CommandError(exitCodes.notFound, `There is no projection '${name}'`);
  await rebuildProjection(shell, log, name);
  const after = (await standings(log)).find((each) => each.name === name);
  if (!after || after.generation === before.generation)
    throw new CommandError(exitCodes.failed, `${name} still shows ${before.generation}`);
  shell.result(after, () => [`${name} shows ${after.generation} in place of ${before.generation}`]);
};

export const projections: Command = {
  name: 'projections',
  summary: 'show how far read models are, or rebuild one',
  usage: ['projections list', 'projections rebuild NAME'],
  notes: [
    'list     where each is in the log, and how many streams it has set aside',
    'rebuild  fills fresh tables from the log, then lets reads switch to them; the studio may run on,',
    '         and for a second after the switch its lists may lack what was written in that second',
    'Both use Postgres and the log themselves, as verify does.',
  ],
  example: 'projections rebuild executions',
  maxWords: 2,
  run: async (shell, given) => {
    const form = given.word(0, 'list or rebuild');
    if (form !== 'list' && form !== 'rebuild')
      throw usageError(`There is no 'projections ${form}'`);
    if (form === 'list') given.noMoreWords(1);
    const name = form === 'rebuild' ? given.word(1, 'NAME') : '';
    await withLog(shell, (log) => (form === 'list' ? list(shell, log) : rebuild(shell, log, name)));
    return exitCodes.ok;
  },
};
