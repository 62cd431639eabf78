import express, { type Express, type Request, type Response } from 'express';

import type { QueryApiDeps } from './deps.ts';

export interface HealthDeps extends Pick<QueryApiDeps, 'pool' | 'log'> {
  /** Only where readiness depends on the read models. */
  readonly positions?: QueryApiDeps['positions'];
}

const dependencyPatienceMs = 2_000;
/** A read side that is further behind answers, but is not ready for more. */
const readyLagMs = 30_000;

const within = async (ms: number, work: Promise<unknown>): Promise<'ok' | 'unavailable'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), ms);
  });
  const asked = work.then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
};

/** Whether we live, and whether we are ready. */
export const addHealthRoutes = (app: Express, { pool, log, positions }: HealthDeps): void => {
  const readModelsAreLevel = async (known: QueryApiDeps['positions']): Promise<void> => {
    const behind = (await known.positions()).find(({ lagMs }) => lagMs > readyLagMs);
    if (behind) throw new Error(`${behind.projection} lags`);
  };

  app.get('/health', (_request: Request, response: Response) => {
    response.json({ status: 'healthy', service: 'agent-orchestration-studio' });
  });

  app.get('/health/ready', async (_request: Request, response: Response) => {
    const [database, eventLog, projections] = await Promise.all([
      within(dependencyPatienceMs, pool.query('select 1')),
      within(dependencyPatienceMs, log.lastPosition()),
      positions && within(dependencyPatienceMs, readModelsAreLevel(positions)),
    ]);
    const dependencies = {
      ...{ database, event_log: eventLog },
      ...(projections === undefined ? {} : { projections }),
    };
    const ready = Object.values(dependencies).every((state) => state === 'ok');
    response
      .status(ready ? 200 : 503)
      .set(ready ? {} : { 'Retry-After': '5' })
      .json({ status: ready ? 'ready' : 'unavailable', dependencies });
  });
};

/** Health alone, for processes that serve no reads. */
export const createHealthApi = (deps: HealthDeps): Express => {
  const app = express();
  addHealthRoutes(app, deps);
  return app;
};
