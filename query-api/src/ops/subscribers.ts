import type { EventLog, SubscribersView, SubscriberView } from '@studio/contracts';
import { positionText, type ProjectionPosition, type SubscriberRow } from '@studio/infra';

import type { QueryApiDeps } from '../deps.ts';

interface Lag {
  readonly lag_events: number;
  readonly lag_ms: number;
}

/** A process that has said nothing for so long may be gone. */
const silentAfterMs = 10_000;
/** So many events are counted, whatever the distance of their positions means. */
const countedEvents = 1_000;

const level: Lag = { lag_events: 0, lag_ms: 0 };

/** By what stands in the log behind the position: that holds for positions of any store. */
const lagBehind = async (log: EventLog, position: bigint, nowMs: number): Promise<Lag> => {
  const { events } = await log.readAll({ after: position, limit: countedEvents }, 'sealed');
  const [oldest] = events;
  if (!oldest) return level;
  const ageMs = nowMs - Date.parse(oldest.metadata.occurredAt);
  return { lag_events: events.length, lag_ms: Math.max(0, ageMs) };
};

const nameOf = ({ projection, generation }: ProjectionPosition): string =>
  `projection ${projection} ${generation}`;

/** Projections whose tables are read, though nobody keeps them level. */
const abandoned = (
  projections: readonly ProjectionPosition[],
  rows: readonly SubscriberRow[],
): ProjectionPosition[] =>
  projections.filter((projection) => !rows.some(({ name }) => name === nameOf(projection)));

const stateOf = (silentMs: number, { lag_events }: Lag): SubscriberView['state'] => {
  if (silentMs > silentAfterMs) return 'silent';
  return lag_events === 0 ? 'level' : 'behind';
};

/** Every subscriber with its lag as of now. */
export const subscribersView = async (
  deps: Pick<QueryApiDeps, 'log' | 'positions' | 'subscribers' | 'clock'>,
): Promise<SubscribersView> => {
  const { log } = deps;
  const [rows, projections] = await Promise.all([deps.subscribers(), deps.positions.positions()]);
  const end = await log.lastPosition();
  const nowMs = Date.parse(deps.clock());
  const lags = new Map<bigint, Promise<Lag>>();
  const lagOf = (position: bigint): Promise<Lag> => {
    const known = lags.get(position);
    if (known) return known;
    const lag = position < end ? lagBehind(log, position, nowMs) : Promise.resolve(level);
    lags.set(position, lag);
    return lag;
  };
  const parkedBy = new Map(projections.map((each) => [nameOf(each), each.parkedStreams]));
  const kept = rows.map(async ({ name, process, role, position, silentMs }) => {
    const lag = await lagOf(position);
    return {
      ...{ subscriber: name, process, role, position: positionText(log.storeId, position), ...lag },
      ...{ state: stateOf(silentMs, lag), silent_ms: silentMs },
      parked_streams: parkedBy.get(name) ?? null,
    };
  });
  const others = abandoned(projections, rows).map(async (projection) => ({
    ...{ subscriber: nameOf(projection), process: null, role: null, silent_ms: null },
    position: positionText(log.storeId, projection.position),
    ...(await lagOf(projection.position)),
    ...{ state: 'stopped' as const, parked_streams: projection.parkedStreams },
  }));
  const items = await Promise.all([...kept, ...others]);
  return {
    log_end: positionText(log.storeId, end),
    items: items.sort((a, b) => (a.subscriber < b.subscriber ? -1 : 1)),
  };
};
