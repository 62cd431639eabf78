import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { identity } from './embeddedAccount.ts';
import { askDatabase, serverEnvironment } from './embeddedCluster.ts';
import type { EmbeddedHome } from './embeddedHome.ts';
import {
  hasProc,
  isAlive,
  processesOf,
  readPostmaster,
  signal,
  waitUntil,
  worksIn,
} from './embeddedProcess.ts';
import { embeddedPort, embeddedSettings } from './embeddedSettings.ts';

export interface RunningServer {
  readonly pid: number;
  readonly adopted: boolean;
}

const largestLogBytes = 10 * 1024 * 1024;
const startTimeoutMs = 60_000;
/** A server that says it is ready answers in this time, or is stuck. */
const answerTimeoutMs = 4000;

const runningPid = ({ data }: EmbeddedHome): number | undefined => {
  const postmaster = readPostmaster(data);
  return postmaster && isAlive(postmaster.pid) && worksIn(postmaster.pid, data)
    ? postmaster.pid
    : undefined;
};

const killAll = async (data: string): Promise<void> => {
  for (const pid of processesOf(data)) signal(pid, 'SIGKILL');
  await waitUntil(() => processesOf(data).length === 0, 5000);
};

/** A server that is already there and answers. One that does not answer in time is ended: there are never two. */
const adopt = async (home: EmbeddedHome): Promise<RunningServer | undefined> => {
  const begun = performance.now();
  for (let pid = runningPid(home); pid !== undefined; pid = runningPid(home)) {
    const ready = readPostmaster(home.data)?.ready === true;
    if (ready && (await askDatabase(home)) === undefined) return { pid, adopted: true };
    // Recovering after a crash, or stopping, may take longer than an answer.
    if (performance.now() - begun > (ready ? answerTimeoutMs : startTimeoutMs)) {
      await killAll(home.data);
      return undefined;
    }
    await sleep(50);
  }
  return undefined;
};

/** When the postmaster alone was killed its children end by themselves, unless one is stuck. */
const awaitOrphans = async ({ data }: EmbeddedHome): Promise<void> => {
  if (!(await waitUntil(() => processesOf(data).length === 0, 2000))) await killAll(data);
};

/** Keeps the log small; answers where the lines of the next start begin. */
const rotateLog = (path: string): number => {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size <= largestLogBytes) return size;
  renameSync(path, `${path}.1`);
  return 0;
};

const launch = (home: EmbeddedHome, binDir: string): ChildProcess => {
  const stale = readPostmaster(home.data);
  // Its lock file holds the same id; the folder is ours alone, so nothing else can listen there.
  rmSync(join(home.run, `.s.PGSQL.${embeddedPort}.lock`), { force: true });
  const log = openSync(home.log, 'a', 0o600);
  const child = spawn(
    join(binDir, 'postgres'),
    ['-D', home.data, '-c', `config_file=${home.settings}`],
    {
      ...identity(home.account),
      cwd: home.run,
      // A session of its own: Ctrl-C is for us, and the server stops when our work is done.
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        ...serverEnvironment(),
        // By now the server that left its id in postmaster.pid has ended, but the id may be a zombie's or a stranger's.
        // Postgres takes this one for no rival, and still refuses to start while the old server's memory is in use.
        ...(stale && hasProc ? { PG_GRANDPARENT_PID: String(stale.pid) } : {}),
      },
    },
  );
  closeSync(log);
  child.unref();
  return child;
};

const lastLines = ({ log }: EmbeddedHome, from: number): string =>
  readFileSync(log).subarray(from).toString().trim().split('\n').slice(-3).join(' | ');

/** Resolves to nothing once the server answers, else to the reason why it does not. */
const readiness = async (
  home: EmbeddedHome,
  child: ChildProcess,
): Promise<Error | string | undefined> => {
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, by) => (ended ??= `it ended with ${code ?? by}`));
  const isUp = (): boolean => {
    const postmaster = readPostmaster(home.data);
    return postmaster?.pid === child.pid && postmaster?.ready === true;
  };
  const settled = await waitUntil(() => ended !== undefined || isUp(), startTimeoutMs);
  if (!settled) return `it was not ready after ${startTimeoutMs / 1000} s`;
  return ended ?? (await askDatabase(home));
};

const start = async (home: EmbeddedHome, binDir: string): Promise<RunningServer> => {
  await awaitOrphans(home);
  writeFileSync(home.settings, embeddedSettings(home.run), { mode: 0o644 });
  const logStart = rotateLog(home.log);
  const child = launch(home, binDir);
  const failure = await readiness(home, child);
  if (child.pid !== undefined && failure === undefined) return { pid: child.pid, adopted: false };
  child.kill('SIGQUIT');
  const reason = failure instanceof Error ? failure.message : failure;
  throw new Error(`${reason}: ${lastLines(home, logStart)} (its log: ${home.log})`);
};

/** The one server of this home: the one that runs already, else a new one. */
export const adoptOrStart = async (home: EmbeddedHome, binDir: string): Promise<RunningServer> =>
  (await adopt(home)) ?? start(home, binDir);

/** Fast shutdown: ends sessions, writes a checkpoint. What is stuck is ended hard; the next start then recovers. */
export const stopServer = async ({ data }: EmbeddedHome, pid: number): Promise<void> => {
  const gone = (): boolean => !isAlive(pid) || !worksIn(pid, data);
  if (gone()) return;
  signal(pid, 'SIGINT');
  if (await waitUntil(gone, 5000)) return;
  signal(pid, 'SIGQUIT');
  if (!(await waitUntil(gone, 1000))) await killAll(data);
};
