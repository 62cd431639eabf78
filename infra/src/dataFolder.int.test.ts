import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { openDataFolder } from './dataFolder.ts';

const holder = `
  import { openDataFolder } from ${JSON.stringify(new URL('dataFolder.ts', import.meta.url).href)};
  openDataFolder(process.argv[1]); // what it answers is kept by nobody
  await new Promise((resolve) => setTimeout(resolve, 50));
  gc();
  console.log('held');
  setInterval(() => {}, 1000);
`;
let elsewhere: ChildProcess | undefined;
const holdElsewhere = async (path: string): Promise<ChildProcess> => {
  const child = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', '--expose-gc', '--input-type=module'],
      ...['-e', holder, path],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  elsewhere = child;
  await once(child.stdout, 'data');
  return child;
};

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'studio-data-'));
});
afterEach(() => {
  elsewhere?.kill('SIGKILL');
  rmSync(path, { recursive: true, force: true });
});

it('makes its folders, closed to other users', () => {
  const folder = openDataFolder(join(path, 'deep', 'data'));
  const { keys, outbox, files, logs } = folder;
  expect([keys, outbox, files, logs].map((each) => statSync(each).mode & 0o777)).toEqual(
    Array(4).fill(0o700),
  );
  folder.release();
});

it('closes folders that stood open', () => {
  mkdirSync(join(path, 'keys'), { mode: 0o755 });
  const folder = openDataFolder(path);
  expect(statSync(folder.keys).mode & 0o777).toBe(0o700);
  folder.release();
});

it('refuses a second studio in one line that names the first, until the first lets go', () => {
  const first = openDataFolder(path);
  expect(() => openDataFolder(path)).toThrow(
    `The data folder ${path} is in use by process ${process.pid}.`,
  );
  first.release();
  openDataFolder(path).release();
});

it('lets those in together who share it, and nobody who wants it alone', () => {
  const parts = [openDataFolder(path, { shared: true }), openDataFolder(path, { shared: true })];
  expect(() => openDataFolder(path)).toThrow(`The data folder ${path} is in use.`);
  for (const part of parts) part.release();
  const whole = openDataFolder(path);
  expect(() => openDataFolder(path, { shared: true })).toThrow(`in use by process ${process.pid}`);
  whole.release();
});

it('is free again after kill -9 of the process that had it', async () => {
  const other = await holdElsewhere(path);
  expect(() => openDataFolder(path)).toThrow(`in use by process ${other.pid}`);
  other.kill('SIGKILL');
  await once(other, 'exit');
  openDataFolder(path).release();
});

it('says in one line that the folder cannot be made', () => {
  const file = join(path, 'file');
  writeFileSync(file, '');
  expect(() => openDataFolder(join(file, 'data'))).toThrow(/^The data folder .* cannot be made: /);
});
