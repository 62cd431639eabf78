import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { StudioError } from '@studio/contracts';

import { reachableBinaries } from './embeddedBinaries.ts';
import { embeddedUrl, makeCluster } from './embeddedCluster.ts';
import { type EmbeddedHome, findHome, openHome } from './embeddedHome.ts';
import { isAlive } from './embeddedProcess.ts';
import { adoptOrStart, type RunningServer, stopServer } from './embeddedServer.ts';
import { embeddedPort } from './embeddedSettings.ts';

export interface EmbeddedPostgresOptions {
  /** The studio's data folder; the caller holds its lock. */
  readonly dataDir: string;
  /** Told of each step that takes time or matters, one line for people each. */
  readonly log: (line: string) => void;
  /** Where root's server and its programs lie when the data folder or node_modules are closed to its account. */
  readonly sharedFolder?: string;
}

export interface EmbeddedPostgres {
  /** For `pg`, libpq and psql; stays the same for the life of the data folder. Holds the password: never log it. */
  readonly url: string;
  /** A part of the socket's name: the server listens on no network address. */
  readonly port: number;
  /** Where its data and its log lie. */
  readonly home: string;
  /** Where `postgres`, `initdb` and `pg_ctl` lie. */
  readonly binDir: string;
  /** It was running already: the process that started it had ended without stopping it. */
  readonly adopted: boolean;
  /** The server's process id now; another one after it was killed and started again. */
  readonly pid: () => number;
  /** Ends sessions, writes what must be written, and waits for the end. May be called twice. */
  readonly stop: () => Promise<void>;
}

const watchEveryMs = 250;
const restartPausesMs = [0, 500, 1000, 2000, 5000];

const refuseOtherVersion = (home: EmbeddedHome): void => {
  const version = readFileSync(join(home.data, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18')
    throw new Error(`the data in ${home.data} is of PostgreSQL ${version}, these programs are 18`);
};

const prepare = (options: EmbeddedPostgresOptions): { home: EmbeddedHome; binDir: string } => {
  const sharedFolder = options.sharedFolder ?? '/var/lib/agent-studio';
  const home = openHome(options.dataDir, sharedFolder);
  const binDir = reachableBinaries(home.account, sharedFolder);
  if (existsSync(home.data)) {
    refuseOtherVersion(home);
  } else {
    options.log(`Making the database in ${home.path} (once) …`);
    makeCluster(home, binDir);
  }
  return { home, binDir };
};

/** Starts the server again whenever it ended without being told to: kill -9 and the like. */
const keepRunning = (
  first: RunningServer,
  start: () => Promise<RunningServer>,
  log: (line: string) => void,
): { pid: () => number; end: () => Promise<number> } => {
  let { pid } = first;
  let ending = false;
  let restarting = Promise.resolve();
  const restart = async (): Promise<void> => {
    log('The embedded Postgres ended unexpectedly; starting it again.');
    for (let tries = 0; !ending; tries += 1) {
      await sleep(restartPausesMs[Math.min(tries, restartPausesMs.length - 1)]);
      try {
        ({ pid } = await start());
        return;
      } catch (error) {
        log(
          `The embedded Postgres does not start: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  };
  let busy = false;
  const watch = setInterval(() => {
    if (busy || ending || isAlive(pid)) return;
    busy = true;
    restarting = restart().finally(() => (busy = false));
  }, watchEveryMs);
  watch.unref();
  return {
    pid: () => pid,
    end: async () => {
      ending = true;
      clearInterval(watch);
      await restarting;
      return pid;
    },
  };
};

/**
 * The address of the database that a data folder has already, or null: for use beside the studio that runs it.
 * Starts nothing. Holds the password: never log it.
 */
export const embeddedAddress = (dataDir: string): string | null => {
  const home = findHome(dataDir);
  return home && embeddedUrl(home);
};

/**
 * The studio's own PostgreSQL 18: starts it, or adopts the one that a killed studio left behind.
 * Only this machine's users who can read the home reach it: by a socket in a closed folder, and with a password.
 * Throws `service.unavailable` with a message for people.
 */
export const startEmbeddedPostgres = async (
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> => {
  try {
    const { home, binDir } = prepare(options);
    const first = await adoptOrStart(home, binDir);
    const running = keepRunning(first, () => adoptOrStart(home, binDir), options.log);
    let stopped: Promise<void> | undefined;
    return {
      url: embeddedUrl(home),
      port: embeddedPort,
      home: home.path,
      binDir,
      adopted: first.adopted,
      pid: running.pid,
      stop: () => (stopped ??= running.end().then((pid) => stopServer(home, pid))),
    };
  } catch (cause) {
    throw new StudioError(
      'unavailable',
      'service.unavailable',
      `The embedded Postgres does not start: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
};
