import type { Executor } from '@studio/executor';
import { type Config, createLogger, type Logger, openDataFolder } from '@studio/infra';
import type { Projectors } from '@studio/projectors';

import { type Context, type Decorations, problemName } from './context.ts';
import { openDoors } from './doors.ts';
import { startKeyEviction } from './keyEviction.ts';
import { listen } from './listen.ts';
import { createReleases, type Releases } from './releases.ts';
import { openStorage } from './storage.ts';
import { startWorkers } from './workers.ts';

export interface Studio {
  readonly port: number;
  readonly dataDir: string;
  /** Where the embedded Postgres has its files; null when the database is someone else's. */
  readonly databaseHome: string | null;
  readonly modelsAreSimulated: boolean;
  readonly executor: Executor;
  readonly projectors: Projectors;
  /** Refuses new work, lets effects in flight end, and closes everything in reverse order. */
  stop(): Promise<void>;
}

const answersGraceMs = 1_500;

const loggerOf = ({ logLevel: level, logFormat }: Config, folder: string): Logger => {
  const console = logFormat === 'auto' ? (process.stdout.isTTY ? 'text' : 'json') : logFormat;
  return createLogger({ folder, level, console });
};

type Say = (line: string) => void;

const compose = async (
  config: Config,
  say: Say,
  releases: Releases,
  decorations: Decorations,
): Promise<Omit<Studio, 'stop'>> => {
  const front = await listen(config.host, config.port);
  releases.add('http', () => front.close(answersGraceMs));
  const folder = openDataFolder(config.dataDir);
  releases.add('data folder', folder.release);
  const logger = loggerOf(config, folder.logs);
  const trouble = (where: string) => (error: unknown) => {
    logger.warn({ where, problem: problemName(error) }, 'survived a failure');
  };
  const context: Context = { config, folder, logger, releases, decorations, say, trouble };
  const storage = await openStorage(context);
  await startKeyEviction(context, storage);
  const workers = await startWorkers(context, storage);
  // Again, to come before the rest: no command is taken while executor and store stop. Sockets, released
  // before it, would keep it waiting.
  releases.add('http', () => front.close(answersGraceMs));
  front.serve(await openDoors(context, storage, workers, front.server));
  const { executor, projectors, modelsAreSimulated } = workers;
  return {
    ...{ port: front.port, dataDir: folder.path, databaseHome: storage.database.home },
    ...{ executor, projectors, modelsAreSimulated },
  };
};

/** Everything in one process: both APIs, the projectors, the executor and, if none is named, Postgres. */
export const startStudio = async (
  config: Config,
  say: Say,
  decorations: Decorations = {},
): Promise<Studio> => {
  const releases = createReleases((error, what) => {
    say(`Stopping: ${what} failed (${problemName(error)})`);
  });
  try {
    const studio = await compose(config, say, releases, decorations);
    return { ...studio, stop: () => releases.all() };
  } catch (error) {
    await releases.all();
    throw error;
  }
};
