import { decoded, type Given, revisionOf, withQuery } from './address.ts';

/** Where the reader is in the part for administrators. */
export type OpsRoute = OpsStateRoute | OpsEventsRoute | OpsStreamsRoute | OpsStreamRoute;

/** Subscribers and executors. */
export interface OpsStateRoute {
  readonly page: 'opsState';
}

/** What is looked for in the log, as `GET /ops/events` takes it. Empty: whatever it is. */
export interface EventsWanted {
  readonly category: string;
  readonly type: string;
  readonly actor: string;
  readonly correlation: string;
  /** Instants. */
  readonly from: string;
  readonly to: string;
}

export interface OpsEventsRoute extends EventsWanted {
  readonly page: 'opsEvents';
}

export interface OpsStreamsRoute {
  readonly page: 'opsStreams';
  readonly category: string;
  readonly prefix: string;
}

export interface OpsStreamRoute {
  readonly page: 'opsStream';
  readonly stream: string;
  /** Revision of the event that is looked at; null: the newest ones. */
  readonly at: number | null;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

const instantIn = (text: string): string =>
  instant.test(text) && Date.parse(text) >= 0 ? text : '';

export const everyEvent: OpsEventsRoute = {
  ...{ page: 'opsEvents', category: '', type: '', actor: '', correlation: '', from: '', to: '' },
};

export const streamRoute = (stream: string, at: number | null = null): OpsStreamRoute => ({
  ...{ page: 'opsStream', stream, at },
});

const eventsRoute = (given: Given): OpsEventsRoute => ({
  ...{ page: 'opsEvents', category: given('category'), type: given('type') },
  ...{ actor: given('actor'), correlation: given('correlation') },
  ...{ from: instantIn(given('from')), to: instantIn(given('to')) },
});

/** Null for an address of another part. */
export const parseOpsRoute = (path: string, given: Given): OpsRoute | null => {
  if (path === '/ops') return { page: 'opsState' };
  if (path === '/ops/events') return eventsRoute(given);
  if (path === '/ops/streams')
    return { page: 'opsStreams', category: given('category'), prefix: given('prefix') };
  const stream = decoded(/^\/ops\/streams\/([^/]+)$/.exec(path)?.[1] ?? '');
  return stream ? streamRoute(stream, revisionOf(given('at'))) : null;
};

export const formatOpsRoute = (route: OpsRoute): string => {
  switch (route.page) {
    case 'opsState':
      return '#/ops';
    case 'opsEvents': {
      const { category, type, actor, correlation, from, to } = route;
      return withQuery('#/ops/events', { category, type, actor, correlation, from, to });
    }
    case 'opsStreams': {
      const { category, prefix } = route;
      return withQuery('#/ops/streams', { category, prefix });
    }
    case 'opsStream':
      return withQuery(`#/ops/streams/${encodeURIComponent(route.stream)}`, {
        at: route.at === null ? '' : String(route.at),
      });
  }
};
