import {
  executionStream,
  FactsQuery,
  type FactsView,
  type FactView,
  ReplayQuery,
} from '@studio/contracts';
import { callerOf, parse, positionText } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import type { QueryApiDeps } from './deps.ts';
import { replay } from './replay.ts';
import { executionIdOf } from './requests.ts';
import { readFacts, type RunFact, visibleFirstFact } from './runFacts.ts';

/** A fact with its envelope, as `/events` and sockets show it. */
export const factView = (storeId: string, fact: RunFact): FactView => ({
  eventId: fact.eventId,
  type: fact.type,
  revision: fact.revision,
  position: positionText(storeId, fact.position),
  hash: fact.hash,
  data: fact.data,
  metadata: fact.metadata,
});

/** The history of a run: straight from its stream, never from read models. */
export const addHistoryRoutes = (
  app: Express,
  prefix: string,
  { log, authenticator }: Pick<QueryApiDeps, 'log' | 'authenticator'>,
): void => {
  const visible = async (request: Request) => {
    const caller = await callerOf(authenticator, request);
    const id = executionIdOf(request.params['id']);
    await visibleFirstFact(log, id, caller);
    const head = await log.head(executionStream(id));
    return { id, last: head?.revision ?? 0 };
  };

  app.get(`${prefix}/executions/:id/events`, async (request: Request, response: Response) => {
    const { id, last } = await visible(request);
    const { from, limit } = parse(FactsQuery, request.query, 'query');
    const facts = await readFacts(log, id, { from, limit }, 'open');
    const answer: FactsView = {
      execution_id: id,
      items: facts.map((fact) => factView(log.storeId, fact)),
      total: last + 1,
      from,
      limit,
    };
    response.json(answer);
  });

  app.get(`${prefix}/executions/:id/replay`, async (request: Request, response: Response) => {
    const { id, last } = await visible(request);
    const { at = last } = parse(ReplayQuery, request.query, 'query');
    response.json(await replay(log, id, { at, last }));
  });
};
