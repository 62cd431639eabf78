import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { type Account, reaches, serverAccount } from './embeddedAccount.ts';

/** Where one server lives. All paths are absolute. */
export interface EmbeddedHome {
  readonly path: string;
  /** The cluster (PGDATA). */
  readonly data: string;
  /** The folder of its socket. */
  readonly run: string;
  readonly log: string;
  readonly settings: string;
  readonly password: string;
  readonly account: Account | undefined;
}

/** The kernel's limit for the path of a socket is 107 bytes. */
const longestRunPath = 107 - '/.s.PGSQL.5432'.length;

const readText = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;

/** The data folder names its server's home, so that the answer stays the same when permissions change later. */
const rememberedHome = (dataDir: string): string | undefined => {
  const path = readText(join(dataDir, 'postgres-home'));
  if (path === undefined)
    return existsSync(join(dataDir, 'postgres', 'data')) ? join(dataDir, 'postgres') : undefined;
  if (!existsSync(path))
    throw new Error(`${dataDir} has its database in ${path}, which is missing`);
  const owner = readText(join(path, 'owner'));
  if (owner !== undefined && owner !== dataDir && existsSync(join(owner, 'postgres-home')))
    throw new Error(`${dataDir} is a copy: the database in ${path} belongs to ${owner}`);
  return path;
};

/** A data folder that is gone may have left its home behind; that one is not touched. */
const freeName = (sharedFolder: string, dataDir: string): string => {
  const name = join(sharedFolder, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
  for (let n = 1; ; n += 1) {
    const path = n === 1 ? name : `${name}-${n}`;
    if (!existsSync(path)) return path;
  }
};

const chooseHome = (dataDir: string, sharedFolder: string): string => {
  const remembered = rememberedHome(dataDir);
  if (remembered !== undefined) return remembered;
  const inside = join(dataDir, 'postgres');
  if (reaches(serverAccount(join(inside, 'data')), dataDir)) return inside;
  return freeName(sharedFolder, dataDir);
};

const own = (path: string, account: Account | undefined): void => {
  if (account) chownSync(path, account.uid, account.gid);
};

/** In the home, or with a long path a folder of its own with a short one. */
const runPath = (home: string): string => {
  const inside = join(home, 'run');
  if (Buffer.byteLength(inside) <= longestRunPath) return inside;
  const note = join(home, 'run-folder');
  const remembered = readText(note);
  if (remembered !== undefined && existsSync(remembered)) return remembered;
  const path = mkdtempSync('/tmp/studio-');
  writeFileSync(note, path);
  return path;
};

const runFolder = (home: string, account: Account | undefined): string => {
  const path = runPath(home);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  // A folder in /tmp that someone else put there in the meantime is not ours to use.
  const { uid } = statSync(path);
  if (uid !== process.getuid?.() && uid !== account?.uid)
    throw new Error(`${path} belongs to another user`);
  chmodSync(path, 0o700);
  own(path, account);
  return path;
};

/** The home that a data folder has already, or null. Makes nothing. */
export const findHome = (
  dataDirectory: string,
): Pick<EmbeddedHome, 'path' | 'run' | 'password'> | null => {
  const path = rememberedHome(resolve(dataDirectory));
  if (path === undefined) return null;
  const run = readText(join(path, 'run-folder')) ?? join(path, 'run');
  return { path, run, password: join(path, 'password') };
};

/** Finds or makes the home of the server that belongs to a data folder. */
export const openHome = (dataDirectory: string, sharedFolder: string): EmbeddedHome => {
  const dataDir = resolve(dataDirectory);
  mkdirSync(dataDir, { recursive: true });
  const path = chooseHome(dataDir, sharedFolder);
  const outside = path !== join(dataDir, 'postgres');
  if (outside) mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  // 0711: the server's account passes through to its own folders and sees nothing else.
  mkdirSync(path, { recursive: true, mode: 0o711 });
  const data = join(path, 'data');
  const account = serverAccount(data);
  chmodSync(path, account ? 0o711 : 0o700);
  if (outside) {
    writeFileSync(join(path, 'owner'), dataDir);
    writeFileSync(join(dataDir, 'postgres-home'), path);
  }
  const password = join(path, 'password');
  if (!existsSync(password) && existsSync(data)) throw new Error(`${password} is missing`);
  if (!existsSync(password))
    writeFileSync(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  return {
    path,
    data,
    run: runFolder(path, account),
    log: join(path, 'postgres.log'),
    settings: join(path, 'postgresql.conf'),
    password,
    account,
  };
};
