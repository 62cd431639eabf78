import {
  LogEventsQuery,
  type LogEventsView,
  parseStream,
  type RecordedEvent,
  StreamEventsQuery,
  type StreamEventsView,
  type StreamName,
  StreamsQuery,
  StudioError,
  Uuid,
} from '@studio/contracts';
import { parse, parsePosition, positionText } from '@studio/infra';
import type { Express, Request, Response } from 'express';
import { z } from 'zod';

import type { RouteParts } from '../executions.routes.ts';
import { createAdministrator } from './administrator.ts';
import { causalityOf } from './causality.ts';
import { executorsView } from './executors.ts';
import { findEvent } from './findEvent.ts';
import { createLogPlaces, type LogPart } from './logPlaces.ts';
import { searchLog } from './logSearch.ts';
import { causalityView, logEventView } from './opsViews.ts';
import { relativesOf } from './relatives.ts';
import { streamsPage } from './streamRows.ts';
import { subscribersView } from './subscribers.ts';
import { refuseMuch, unreadByStreams } from './unread.ts';

/** So long an answer waits for the projection to know what the log holds. */
const levelWithinMs = 2_000;

const streamNotFound = (): StudioError =>
  new StudioError('not_found', 'stream.not_found', 'Stream not found');

/** The revision behind one that was read; null at the end of the stream. */
const nextOf = (revision: number, backwards: boolean, last: number): number | null => {
  const next = revision + (backwards ? -1 : 1);
  return next >= 0 && next <= last ? next : null;
};

const streamOf = (text: unknown): StreamName => {
  if (typeof text === 'string' && parseStream(text)) return text as StreamName; // it reads as one
  throw streamNotFound();
};

const eventIdOf = (text: unknown): string =>
  parse(z.object({ event_id: Uuid }), { event_id: text }, 'path').event_id;

/** The log from above: for those who look after the instance. What is sealed stays sealed. */
export const addOpsRoutes = (
  app: Express,
  prefix: string,
  { deps, database }: Pick<RouteParts, 'deps' | 'database'>,
): void => {
  const { log, positions } = deps;
  const administrator = createAdministrator(deps);
  const places = createLogPlaces(database);
  const isLevel = (end: bigint): Promise<boolean> =>
    positions.waitFor('streams', end, levelWithinMs);
  const shown = (event: RecordedEvent) => logEventView(log.storeId, event);

  app.get(`${prefix}/ops/streams`, async (request: Request, response: Response) => {
    await administrator(request);
    const query = parse(StreamsQuery, request.query, 'query');
    if (!(await isLevel(await log.lastPosition()))) response.set('Studio-Stale', 'true');
    response.json(await streamsPage(database, log.storeId, query));
  });

  app.get(`${prefix}/ops/streams/:stream`, async (request: Request, response: Response) => {
    await administrator(request);
    const query = parse(StreamEventsQuery, request.query, 'query');
    const stream = streamOf(request.params['stream']);
    const head = await log.head(stream);
    if (!head) throw streamNotFound();
    const { from = query.backwards ? head.revision : 0, backwards, limit } = query;
    const events = await log.readStream(stream, { from, backwards, limit }, 'sealed');
    const last = events.at(-1)?.revision;
    const answer: StreamEventsView = {
      ...{ stream, revision: head.revision, items: events.map(shown) },
      next: last === undefined ? null : nextOf(last, backwards, head.revision),
    };
    response.json(answer);
  });

  /** The part of the log that a query can be about. */
  const partOf = async (query: LogEventsQuery, end: bigint): Promise<LogPart> => {
    const level = await isLevel(end);
    if (!level && query.backwards) refuseMuch(await unreadByStreams(log, positions));
    const { after, last } =
      query.correlation === undefined
        ? await places.ofTimes(query)
        : await places.ofCorrelation(query.correlation);
    return { after, last: level ? last : null };
  };

  const refuseUnknown = (position: bigint, end: bigint): bigint => {
    if (position <= end) return position;
    throw new StudioError('refused', 'position.unknown', 'The log has not come to that position');
  };

  app.get(`${prefix}/ops/events`, async (request: Request, response: Response) => {
    await administrator(request);
    const query = parse(LogEventsQuery, request.query, 'query');
    const logEnd = await log.lastPosition();
    const after =
      query.after === undefined
        ? null
        : refuseUnknown(parsePosition(log.storeId, query.after), logEnd);
    const part = await partOf(query, logEnd);
    const { events, next, more } = await searchLog({ log, places, query, part, after, logEnd });
    const answer: LogEventsView = {
      ...{ items: events.map(shown), next: positionText(log.storeId, next), more },
    };
    response.json(answer);
  });

  app.get(
    `${prefix}/ops/events/:eventId/causality`,
    async (request: Request, response: Response) => {
      await administrator(request);
      const eventId = eventIdOf(request.params['eventId']);
      if (!(await isLevel(await log.lastPosition()))) response.set('Studio-Stale', 'true');
      const event = await findEvent({ log, places, positions }, eventId);
      const { events, truncated } = await relativesOf(log, places, event);
      const causality = causalityOf(event, events);
      response.json(causalityView(log.storeId, event, { ...causality, truncated }));
    },
  );

  app.get(`${prefix}/ops/subscriptions`, async (request: Request, response: Response) => {
    await administrator(request);
    response.json(await subscribersView(deps));
  });

  app.get(`${prefix}/ops/executors`, async (request: Request, response: Response) => {
    await administrator(request);
    response.json(await executorsView(deps));
  });
};
