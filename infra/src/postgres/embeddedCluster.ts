import { spawnSync } from 'node:child_process';
import {
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { Client, DatabaseError } from 'pg';

import { identity } from './embeddedAccount.ts';
import type { EmbeddedHome } from './embeddedHome.ts';
import { embeddedPort } from './embeddedSettings.ts';

const user = 'studio';
const database = 'studio';

/** Nothing of our own environment: PG* variables would change the server, and keys are none of its business. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  TZ: 'UTC',
});

const removeHalfMade = (home: EmbeddedHome): void => {
  for (const name of readdirSync(home.path))
    if (name.startsWith('making-')) rmSync(join(home.path, name), { recursive: true, force: true });
};

/** `initdb` reads the password as the server's account, which the file in the home is closed to. */
const lendPassword = (home: EmbeddedHome): string => {
  const path = join(home.run, 'password');
  writeFileSync(path, readFileSync(home.password), { mode: 0o600 });
  if (home.account) chownSync(path, home.account.uid, home.account.gid);
  return path;
};

/** Made under another name and moved when whole, so that a start that was killed leaves no half a cluster. */
export const makeCluster = (home: EmbeddedHome, binDir: string): void => {
  removeHalfMade(home);
  const making = join(home.path, `making-${process.pid}`);
  mkdirSync(making, { mode: 0o700 });
  if (home.account) chownSync(making, home.account.uid, home.account.gid);
  const secret = lendPassword(home);
  const { status, stderr, error } = spawnSync(
    join(binDir, 'initdb'),
    [
      ...['-D', making, '-U', user, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8'],
      // Compares bytes like C, knows the letters of Unicode, and needs no locale of the machine.
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ],
    { ...identity(home.account), cwd: home.run, encoding: 'utf8', env: serverEnvironment() },
  );
  rmSync(secret, { force: true });
  if (status !== 0) {
    removeHalfMade(home);
    const reason = error?.message ?? stderr.trim().split('\n').slice(-3).join(' ');
    throw new Error(`initdb failed: ${reason}`);
  }
  renameSync(making, home.data);
};

type Address = Pick<EmbeddedHome, 'run' | 'password'>;

const urlTo = (home: Address, name: string): string => {
  const password = readFileSync(home.password, 'utf8').trim();
  const folder = encodeURIComponent(home.run);
  return `postgresql://${user}:${password}@localhost:${embeddedPort}/${name}?host=${folder}`;
};

const query = async (url: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined); // a lost connection fails the query as well
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** The address of the studio's database. Holds the password. */
export const embeddedUrl = (home: Address): string => urlTo(home, database);

/** Undefined once our database answers with our password (made if it is missing), else why it does not. */
export const askDatabase = async (home: EmbeddedHome): Promise<Error | undefined> => {
  try {
    await query(embeddedUrl(home), 'select 1').catch(async (error: unknown) => {
      if (!(error instanceof DatabaseError) || error.code !== '3D000') throw error;
      await query(urlTo(home, 'postgres'), `create database ${database}`);
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};
