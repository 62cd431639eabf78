import type { ExecutionId, RecordedEvent } from '@studio/contracts';
import { createEventOpener } from '@studio/infra';

import type { QueryApiDeps } from '../deps.ts';
import { factsUpTo, type RunFact } from '../runFacts.ts';
import type { Connection } from './connection.ts';
import { deliveryOf } from './delivery.ts';
import { eachFact } from './eachFact.ts';
import { type Feed, idOfStream } from './feed.ts';
import { advance, newProgress, type RunProgress } from './progress.ts';
import type { Room } from './rooms.ts';
import { sayUnreadable } from './unreadable.ts';

type CatchUpDeps = Pick<QueryApiDeps, 'log' | 'opener'> & { readonly feed: Feed };

/** A room of many runs is caught up from the whole log; further back than this it is refused. */
const mostPositions = 500_000n;

type RoomOfRuns = Extract<Room, { kind: 'workflow' | 'workspace' }>;

/** Sends what happened after a position, in order; what happens meanwhile is held back by the connection. */
export interface CatchUp {
  execution(connection: Connection, id: ExecutionId, after: bigint): Promise<void>;
  /** False: `after` is too long ago. */
  room(connection: Connection, room: RoomOfRuns, after: bigint): Promise<boolean>;
}

export const createCatchUp = ({ log, opener, feed }: CatchUpDeps): CatchUp => {
  const openEvents = createEventOpener(opener);

  const tell = async (
    connection: Connection,
    progress: RunProgress,
    fact: RunFact,
  ): Promise<void> => {
    const updates = advance(progress, fact);
    connection.deliver(deliveryOf(log.storeId, progress.executionId, { fact, updates }));
    await connection.drained();
  };

  const execution: CatchUp['execution'] = async (connection, id, after) => {
    const progress = newProgress(id);
    for await (const facts of factsUpTo(log, id, Number.MAX_SAFE_INTEGER, 'open')) {
      for (const fact of facts)
        if (fact.position > after) await tell(connection, progress, fact);
        else advance(progress, fact);
      if (!connection.isOpen()) return;
    }
  };

  /** The run as it stood before a fact. */
  const progressBefore = async (
    known: Map<string, RunProgress>,
    fact: RunFact,
  ): Promise<RunProgress> => {
    const id = idOfStream(fact.stream);
    const progress = known.get(id) ?? newProgress(id);
    known.set(id, progress);
    if (progress.revision === fact.revision - 1) return progress;
    for await (const facts of factsUpTo(log, id, fact.revision - 1, 'open'))
      for (const earlier of facts) advance(progress, earlier);
    return progress;
  };

  const isIn = async (room: RoomOfRuns, { stream, metadata }: RecordedEvent): Promise<boolean> =>
    room.kind === 'workspace'
      ? metadata.workspaceId === room.id
      : (await feed.workflowOf(idOfStream(stream))) === room.id;

  /** Those of a batch that belong to the room and lie before the live part. */
  const eventsOf = async (
    room: RoomOfRuns,
    events: readonly RecordedEvent[],
    target: bigint,
  ): Promise<readonly RecordedEvent[]> => {
    const wanted: RecordedEvent[] = [];
    for (const event of events)
      if (event.position <= target && (await isIn(room, event))) wanted.push(event);
    return wanted;
  };

  const room: CatchUp['room'] = async (connection, runsOf, after) => {
    const target = await log.lastPosition();
    if (target - after > mostPositions) return false;
    if (after >= target) return true;
    const ending = new AbortController();
    const filter = { categories: ['execution'] as const };
    const runs = new Map<string, RunProgress>();
    const range = { after, filter, signal: ending.signal };
    for await (const { events, upTo } of log.subscribe(range, 'sealed')) {
      await eachFact(openEvents, await eventsOf(runsOf, events, target), {
        tell: async (fact) => tell(connection, await progressBefore(runs, fact), fact),
        excuse: (event) => sayUnreadable(connection, `${runsOf.kind}:${runsOf.id}`, event),
      });
      if (upTo >= target || !connection.isOpen()) break;
    }
    ending.abort();
    return true;
  };

  return { execution, room };
};
