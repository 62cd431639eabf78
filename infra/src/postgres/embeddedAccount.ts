import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

/** The operating system's account that runs the server; undefined: our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const accounts = (): Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));

const named = (name: string): Account | undefined =>
  accounts().find((account) => account.name === name);

/**
 * Postgres refuses to run as root: for root it is the account that already owns the data, else `postgres`, else `nobody`.
 */
export const serverAccount = (data: string): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid, name: String(uid) };
  }
  const account = named('postgres') ?? named('nobody');
  if (!account) throw new Error('neither an account "postgres" nor "nobody" exists');
  return account;
};

/** What `spawn` needs to run as the account. */
export const identity = (account: Account | undefined): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {};

/** True when the account can use a path; asked of the kernel, so that access lists count as well. */
export const reaches = (account: Account | undefined, path: string): boolean =>
  account === undefined ||
  spawnSync('test', ['-x', path], { ...identity(account), cwd: '/', stdio: 'ignore' }).status === 0;
