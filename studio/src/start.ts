import { join } from 'node:path';

import { StudioError } from '@studio/contracts';
import { createExpressions, type Expressions } from '@studio/executor';
import {
  type Config,
  createLogger,
  type Logger,
  observeProcess,
  openDataFolder,
} from '@studio/infra';
import { createMetrics } from '@studio/infra/metrics';
import type { NodeKinds } from '@studio/kinds';

import { type Context, type Decorations, problemName } from './context.ts';
import { openDoors } from './doors.ts';
import { type Engine, startEngine } from './engine.ts';
import { startKeyEviction } from './keyEviction.ts';
import { listen } from './listen.ts';
import { loadNodeKinds } from './nodeKinds.ts';
import { openReadModels } from './readModels.ts';
import { createReleases, type Releases } from './releases.ts';
import { startRetention } from './retention.ts';
import { plays, type Role } from './roles.ts';
import { openStorage, type Storage } from './storage.ts';
import { startReporting } from './subscribers.ts';

export interface Studio {
  readonly port: number;
  readonly dataDir: string;
  /** Where the embedded Postgres has its files; null when the database is someone else's. */
  readonly databaseHome: string | null;
  /** Null where no executor runs. */
  readonly modelsAreSimulated: boolean | null;
  /** Refuses new work, lets effects in flight end, and closes everything in reverse order. */
  stop(): Promise<void>;
}

const answersGraceMs = 2_000;

const loggerOf = ({ logLevel: level, logFormat, logMaxMb }: Config, folder: string): Logger => {
  const console = logFormat === 'auto' ? (process.stdout.isTTY ? 'text' : 'json') : logFormat;
  return createLogger({ folder, level, console, maxFileBytes: logMaxMb * 1024 * 1024 });
};

type Say = (line: string) => void;

export interface StartOptions {
  /** Default `all`. */
  readonly role?: Role;
  readonly decorations?: Decorations;
}

const refuseLoneParts = (config: Config, role: Role): void => {
  if (role !== 'all' && config.databaseUrl === undefined)
    throw new StudioError(
      'invalid',
      'config.invalid',
      `The ${role} alone needs DATABASE_URL: the embedded Postgres belongs to a studio in one process.`,
    );
};

const openContext = (
  config: Config,
  kinds: NodeKinds,
  { say, releases }: { say: Say; releases: Releases },
  { role = 'all', decorations = {} }: StartOptions,
): Context => {
  const whole = role === 'all';
  const folder = openDataFolder(config.dataDir, { shared: !whole });
  releases.add('data folder', folder.release);
  // Each process has its own log files: two that rotate one file would lose lines.
  const logger = loggerOf(config, whole ? folder.logs : join(folder.logs, role));
  const trouble = (where: string) => (error: unknown) => {
    logger.warn({ where, problem: problemName(error) }, 'survived a failure');
  };
  const metrics = createMetrics();
  releases.add('metrics', () => metrics.stop());
  observeProcess(metrics.meter);
  return { role, config, kinds, folder, logger, metrics, releases, decorations, say, trouble };
};

const openExpressions = ({ releases }: Context): Expressions => {
  const expressions = createExpressions();
  releases.add('expressions', () => expressions.close());
  return expressions;
};

const engineOf = async (
  context: Context,
  storage: Storage,
  expressions: Expressions,
): Promise<Engine | null> =>
  plays(context.role, 'executor') ? startEngine(context, storage, expressions) : null;

const compose = async (
  config: Config,
  say: Say,
  releases: Releases,
  options: StartOptions,
): Promise<Omit<Studio, 'stop'>> => {
  refuseLoneParts(config, options.role ?? 'all');
  const kinds = await loadNodeKinds(config.kindsDir);
  const front = await listen(config.host, config.port);
  releases.add('http', () => front.close(answersGraceMs));
  const context = openContext(config, kinds, { say, releases }, options);
  const storage = await openStorage(context);
  const subscribers = startReporting(context, storage);
  await startKeyEviction(context, storage);
  const readModels = await openReadModels(context, storage);
  startRetention(context, storage);
  const expressions = openExpressions(context);
  const engine = await engineOf(context, storage, expressions);
  // Again, to come before the rest: no command is taken while executor and store stop. Sockets, released
  // before it, would keep it waiting.
  releases.add('http', () => front.close(answersGraceMs));
  const { server, isStopping } = front;
  const executor = engine?.executor ?? null;
  front.serve(
    await openDoors(context, storage, {
      ...{ readModels, subscribers, expressions, executor, server, isStopping },
    }),
  );
  releases.add('readiness', () => {
    front.sendAway();
  });
  return {
    ...{ port: front.port, dataDir: context.folder.path },
    databaseHome: storage.database.home,
    modelsAreSimulated: engine?.modelsAreSimulated ?? null,
  };
};

/** Both APIs, the projectors, the executor and, if none is named, Postgres: all in one process, or one part of it. */
export const startStudio = async (
  config: Config,
  say: Say,
  options: StartOptions = {},
): Promise<Studio> => {
  const releases = createReleases((error, what) => {
    say(`Stopping: ${what} failed (${problemName(error)})`);
  });
  try {
    const studio = await compose(config, say, releases, options);
    return { ...studio, stop: () => releases.all() };
  } catch (error) {
    await releases.all();
    throw error;
  }
};
