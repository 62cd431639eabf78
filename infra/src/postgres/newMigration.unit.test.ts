import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { newMigration } from './newMigration.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studio-new-migration-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('numbers the next migration after the last one', async () => {
  expect(await newMigration('first', folder)).toEqual([
    join(folder, '0001_first.up.sql'),
    join(folder, '0001_first.down.sql'),
  ]);
  await writeFile(join(folder, '0041_far.up.sql'), '');
  await newMigration('next', folder);
  expect((await readdir(folder)).sort()).toEqual([
    ...['0001_first.down.sql', '0001_first.up.sql', '0041_far.up.sql'],
    ...['0042_next.down.sql', '0042_next.up.sql'],
  ]);
});

it('takes no name that would be a path, and writes nothing then', async () => {
  for (const name of ['', '../x', 'a b', 'A', '1st'])
    await expect(newMigration(name, folder)).rejects.toMatchObject({ kind: 'invalid' });
  expect(await readdir(folder)).toEqual([]);
});
