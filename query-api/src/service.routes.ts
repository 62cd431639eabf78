import type { Express, Request, Response } from 'express';

import type { QueryApiDeps } from './deps.ts';
import { addHealthRoutes } from './health.routes.ts';

/** Who we are, whether we live and whether we are ready; and the node kinds. */
export const addServiceRoutes = (app: Express, prefix: string, deps: QueryApiDeps): void => {
  const { version } = deps;

  app.get('/', (_request: Request, response: Response) => {
    response.json({ message: 'Agent Orchestration Studio API', version, docs: '/docs' });
  });

  addHealthRoutes(app, deps);

  app.get(`${prefix}/node-kinds`, (_request: Request, response: Response) => {
    response.json(deps.kinds.catalogue());
  });
};
