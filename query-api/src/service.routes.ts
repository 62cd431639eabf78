import { kindCatalogue } from '@studio/kinds';
import type { Express, Request, Response } from 'express';

import type { QueryApiDeps } from './deps.ts';

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

/** Who we are, whether we live and whether we are ready; and the node kinds. */
export const addServiceRoutes = (app: Express, prefix: string, deps: QueryApiDeps): void => {
  const { pool, log, positions, version } = deps;

  const readModelsAreLevel = async (): Promise<void> => {
    const behind = (await positions.positions()).find(({ lagMs }) => lagMs > readyLagMs);
    if (behind) throw new Error(`${behind.projection} lags`);
  };

  app.get('/', (_request: Request, response: Response) => {
    response.json({ message: 'Agent Orchestration Studio API', version, docs: '/docs' });
  });

  app.get('/health', (_request: Request, response: Response) => {
    response.json({ status: 'healthy', service: 'agent-orchestration-studio' });
  });

  app.get('/health/ready', async (_request: Request, response: Response) => {
    const [database, eventLog, projections] = await Promise.all([
      within(dependencyPatienceMs, pool.query('select 1')),
      within(dependencyPatienceMs, log.lastPosition()),
      within(dependencyPatienceMs, readModelsAreLevel()),
    ]);
    const dependencies = { database, event_log: eventLog, projections };
    const ready = Object.values(dependencies).every((state) => state === 'ok');
    response
      .status(ready ? 200 : 503)
      .set(ready ? {} : { 'Retry-After': '5' })
      .json({ status: ready ? 'ready' : 'unavailable', dependencies });
  });

  app.get(`${prefix}/node-kinds`, (_request: Request, response: Response) => {
    response.json(kindCatalogue());
  });
};
