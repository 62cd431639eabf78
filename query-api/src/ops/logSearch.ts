import type { EventFilter, EventLog, LogEventsQuery, RecordedEvent } from '@studio/contracts';

import type { LogPart, LogPlaces } from './logPlaces.ts';

/** Events that were looked for, in the order of reading. */
export interface Found {
  readonly events: readonly RecordedEvent[];
  /** Where to go on, exclusive. */
  readonly next: bigint;
  /** False: what was to be looked at has been. */
  readonly more: boolean;
}

/** A stretch of the log, its events in the order of reading. */
interface Stretch {
  readonly events: readonly RecordedEvent[];
  readonly next: bigint;
  readonly isLast: boolean;
}

const pageSize = 1_000;
/** A search that has looked at so many stretches answers with what it has. */
const mostStretches = 20;

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

type Matches = (event: RecordedEvent) => boolean;

/** What the log itself does not filter by. */
const matcher =
  ({ actor, correlation, from, to }: LogEventsQuery): Matches =>
  ({ metadata: { actor: who, correlationId, occurredAt } }) =>
    [who.id, who.kind, undefined].includes(actor) &&
    [correlationId, undefined].includes(correlation) &&
    occurredAt >= (from ?? occurredAt) &&
    occurredAt <= (to ?? occurredAt);

const filterOf = ({ category, type }: LogEventsQuery): { filter?: EventFilter } => {
  if (category === undefined && type === undefined) return {};
  return {
    filter: {
      ...(category === undefined ? {} : { categories: [category] }),
      ...(type === undefined ? {} : { types: [type] }),
    },
  };
};

export interface Search {
  readonly log: EventLog;
  readonly places: LogPlaces;
  readonly query: LogEventsQuery;
  readonly part: LogPart;
  /** Where the search goes on; null for a new one. */
  readonly after: bigint | null;
  readonly logEnd: bigint;
}

async function* forwards(search: Search): AsyncGenerator<Stretch, void, undefined> {
  const { log, query, part, after, logEnd } = search;
  const filter = filterOf(query);
  const end = part.last ?? logEnd;
  for (let cursor = larger(after ?? 0n, part.after); cursor < end;) {
    const { events, upTo } = await log.readAll(
      { after: cursor, limit: pageSize, ...filter },
      'sealed',
    );
    cursor = upTo;
    yield {
      events: events.filter(({ position }) => position <= end),
      ...{ next: cursor, isLast: cursor >= end },
    };
  }
}

/** The events between two positions, both exclusive, the newest first. */
const between = async ({ log, query }: Search, after: bigint, before: bigint) => {
  const filter = filterOf(query);
  const found: RecordedEvent[] = [];
  for (let cursor = after; cursor < before - 1n;) {
    const { events, upTo } = await log.readAll(
      { after: cursor, limit: pageSize, ...filter },
      'sealed',
    );
    found.push(...events.filter(({ position }) => position < before));
    if (upTo === cursor) break;
    cursor = upTo;
  }
  return found.reverse();
};

async function* backwards(search: Search): AsyncGenerator<Stretch, void, undefined> {
  const { places, part, after, logEnd } = search;
  const end = (part.last ?? logEnd) + 1n;
  for (let before = smaller(after ?? end, end); before > part.after + 1n;) {
    const low = larger(await places.stepBack(before, pageSize), part.after);
    const events = await between(search, low, before);
    before = low + 1n;
    yield { events, next: before, isLast: low <= part.after };
  }
}

const beginningOf = ({ query, after, part, logEnd }: Search): bigint =>
  after ?? (query.backwards ? logEnd : part.after);

/** Looks through a part of the log for events, page by page. */
export const searchLog = async (search: Search): Promise<Found> => {
  const { query } = search;
  const matches = matcher(query);
  const events: RecordedEvent[] = [];
  let next = beginningOf(search);
  let left = mostStretches;
  for await (const stretch of query.backwards ? backwards(search) : forwards(search)) {
    const wanted = stretch.events.filter(matches).slice(0, query.limit - events.length);
    events.push(...wanted);
    const last = wanted.at(-1);
    if (last && events.length === query.limit) return { events, next: last.position, more: true };
    ({ next } = stretch);
    left -= 1;
    if (stretch.isLast || left === 0) return { events, next, more: !stretch.isLast };
  }
  return { events, next, more: false };
};
