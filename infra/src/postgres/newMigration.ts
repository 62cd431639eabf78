import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { StudioError } from '@studio/contracts';

const ownFolder = join(import.meta.dirname, 'migrations');

/** Writes the two empty files of the next migration and answers their paths. */
export const newMigration = async (name: string, folder = ownFolder): Promise<string[]> => {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(name))
    throw new StudioError(
      'invalid',
      'request.invalid',
      'the name of a migration has small letters, digits and _ only',
    );
  const numbers = (await readdir(folder)).map((file) => Number.parseInt(file, 10) || 0);
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
  const paths = ['up', 'down'].map((direction) =>
    join(folder, `${number}_${name}.${direction}.sql`),
  );
  // 'wx': a file that someone else has just made stays theirs.
  for (const path of paths) await writeFile(path, '', { flag: 'wx' });
  return paths;
};
