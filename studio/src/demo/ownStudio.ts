import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const readyWithinMs = 90_000;
const stopWithinMs = 15_000;

/** A studio of the tour's own: a process, a data folder and a port that nobody else has. */
export interface OwnStudio {
  readonly dataDir: string;
  readonly origin: () => string;
  readonly pid: () => number;
  /** Starts it, or starts it again at the same address; answers how long that took, in milliseconds. */
  start(): Promise<number>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Stops it for good, its Postgres included. */
  close(): Promise<void>;
  /** Closes it, and removes the folder. */
  remove(): Promise<void>;
}

/** Of the person's environment only what finds programs and folders: the tour must not use their keys or their data. */
const environment = (dataDir: string, port: string): NodeJS.ProcessEnv => {
  const { PATH, TMPDIR, EMBEDDED_HOME } = process.env;
  return {
    ...{ PATH, HOME: dataDir, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: port },
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(EMBEDDED_HOME === undefined ? {} : { EMBEDDED_HOME }),
  };
};

/** Where Postgres has its files when the data folder is closed to its account. */
const databaseElsewhere = (dataDir: string): Promise<string | null> =>
  readFile(join(dataDir, 'postgres-home'), 'utf8').then(
    (path) => path.trim(),
    () => null,
  );

export const createOwnStudio = async (): Promise<OwnStudio> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'studio-demo-'));
  await chmod(dataDir, 0o755); // as root, Postgres runs under another account
  let child: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  let starting: Promise<number> | null = null;
  let closing = false;
  let origin = '';

  const ready = async (started: ChildProcess, output: () => string): Promise<string> => {
    const deadline = performance.now() + readyWithinMs;
    for (;;) {
      const address = /(http:\/\/127\.0\.0\.1:\d+)\/health/.exec(output())?.[1];
      if (address !== undefined && output().includes('Ready.')) return address;
      if (started.exitCode !== null || performance.now() > deadline)
        throw new Error(`The studio did not start:\n${output()}`);
      await sleep(20);
    }
  };

  const launch = async (): Promise<number> => {
    const from = performance.now();
    let output = '';
    const port = origin === '' ? '0' : new URL(origin).port;
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      ...{ cwd: dataDir, env: environment(dataDir, port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-10_000)));
    ended = new Promise((resolve) => started.once('exit', resolve));
    origin = await ready(started, () => output);
    return performance.now() - from;
  };

  const start = (): Promise<number> => {
    if (closing) throw new Error('The studio is being closed');
    return (starting = launch());
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = null;
    ending?.kill(signal);
    const late = setTimeout(() => ending?.kill('SIGKILL'), stopWithinMs);
    await ended;
    clearTimeout(late);
  };

  /** Whatever is under way: a studio that is killed, or stopped before it is up, leaves its Postgres behind. */
  const close = async (): Promise<void> => {
    closing = true;
    await starting?.catch(() => undefined);
    if (child === null && starting !== null) {
      await ended;
      await launch().catch(() => undefined); // it takes that Postgres along when it stops
    }
    await end('SIGINT');
  };

  return {
    dataDir,
    start: async () => start(),
    origin: () => origin,
    pid: () => child?.pid ?? 0,
    kill: () => end('SIGKILL'),
    close,
    remove: async () => {
      await close();
      const elsewhere = await databaseElsewhere(dataDir);
      if (elsewhere !== null) await rm(elsewhere, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
