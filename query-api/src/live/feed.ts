import { setTimeout as sleep } from 'node:timers/promises';

import type { ExecutionId, RecordedEvent } from '@studio/contracts';
import { createEventOpener } from '@studio/infra';

import type { QueryApiDeps } from '../deps.ts';
import { factsUpTo, firstFact, type RunFact } from '../runFacts.ts';
import type { Connection } from './connection.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { eachFact } from './eachFact.ts';
import { advance, newProgress, type RunProgress } from './progress.ts';
import { sayUnreadable } from './unreadable.ts';

type FeedDeps = Pick<QueryApiDeps, 'log' | 'opener' | 'logger'>;

/** One subscription of the log feeds all sockets of the process. */
export interface Feed {
  /** Ends once every fact from now on will be seen. */
  start(): Promise<void>;
  join(room: string, connection: Connection): void;
  leave(room: string, connection: Connection): void;
  /** The workflow of a run; null when there is no such run. */
  workflowOf(executionId: ExecutionId): Promise<string | null>;
  stop(): Promise<void>;
}

const mostRuns = 1_000;
const mostWorkflows = 20_000;

/** Keeps the newest entries of a map. */
const keep = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && !oldest.done) map.delete(oldest.value);
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export const executionRoom = (executionId: string): string => `execution:${executionId}`;
export const workflowRoom = (workflowId: string): string => `workflow:${workflowId}`;
export const workspaceRoom = (workspaceId: string): string => `workspace:${workspaceId}`;

export const idOfStream = (stream: string): ExecutionId =>
  stream.slice('execution-'.length) as ExecutionId; // the feed reads executions only

export const createFeed = ({ log, opener, logger }: FeedDeps): Feed => {
  const openEvents = createEventOpener(opener);
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  const rooms = new Map<string, Set<Connection>>();
  const runs = new Map<string, RunProgress>();
  const workflows = new Map<string, string>();
  let workflowRooms = 0;
  let starting: Promise<void> | null = null;
  let running: Promise<void> = Promise.resolve();

  const workflowOf = async (id: ExecutionId): Promise<string | null> => {
    const known = workflows.get(id);
    if (known !== undefined) return known;
    const first = await firstFact(log, id);
    if (first) keep(workflows, id, first.data.workflowId, mostWorkflows);
    return first?.data.workflowId ?? null;
  };

  /** The rooms with listeners that a fact is of interest to. */
  const roomsOf = async (event: RecordedEvent): Promise<string[]> => {
    const id = idOfStream(event.stream);
    if (event.type === 'WorkflowStarted') keep(workflows, id, event.data.workflowId, mostWorkflows);
    const workflow = workflowRooms > 0 ? await workflowOf(id) : null;
    const wanted = [
      ...[executionRoom(id), workspaceRoom(event.metadata.workspaceId)],
      ...(workflow === null ? [] : [workflowRoom(workflow)]),
    ];
    return wanted.filter((room) => rooms.has(room));
  };

  /** The run as it stood before a fact. */
  const progressBefore = async (fact: RunFact): Promise<RunProgress> => {
    const id = idOfStream(fact.stream);
    const known = runs.get(id);
    if (known?.revision === fact.revision - 1) return known;
    const progress = newProgress(id);
    keep(runs, id, progress, mostRuns);
    for await (const facts of factsUpTo(log, id, fact.revision - 1, 'open'))
      for (const earlier of facts) advance(progress, earlier);
    return progress;
  };

  const deliverTo = (names: readonly string[], delivery: Delivery): void => {
    for (const room of names)
      for (const connection of rooms.get(room) ?? [])
        if (connection.holds(room)) connection.holdBack(room, delivery);
        else connection.deliver(delivery);
  };

  const tell = async (names: readonly string[], fact: RunFact): Promise<void> => {
    const updates = advance(await progressBefore(fact), fact);
    deliverTo(names, deliveryOf(log.storeId, idOfStream(fact.stream), { fact, updates }));
  };

  const excuse = (names: readonly string[], event: RecordedEvent): void => {
    for (const name of names)
      for (const connection of rooms.get(name) ?? []) sayUnreadable(connection, name, event);
  };

  const handle = async (events: readonly RecordedEvent[]): Promise<void> => {
    if (rooms.size === 0) {
      runs.clear();
      return;
    }
    const wanted: { event: RecordedEvent; names: string[] }[] = [];
    for (const event of events) {
      const names = await roomsOf(event);
      if (names.length > 0) wanted.push({ event, names });
    }
    const namesOf = (index: number): readonly string[] => wanted[index]?.names ?? [];
    const all = wanted.map(({ event }) => event);
    await eachFact(openEvents, all, {
      tell: (fact, index) => tell(namesOf(index), fact),
      excuse: (event, index, error) => {
        logger.error({ error: nameOf(error) }, 'a fact could not be told to whoever listens');
        excuse(namesOf(index), event);
      },
    });
  };

  let after = 0n;

  const followOnce = async (): Promise<void> => {
    const filter = { categories: ['execution'] as const };
    const range = { after, filter, signal: stopping.signal, subscriber: 'live feed' };
    for await (const { events, upTo } of log.subscribe(range, 'sealed')) {
      await handle(events);
      after = upTo;
      if (stopped()) return; // aborted while we handled: ask for no more
    }
  };

  const follow = async (): Promise<void> => {
    while (!stopped())
      await followOnce().catch(async (error: unknown) => {
        // Whoever listens is sent the batch again from its beginning; what was sent before is left out.
        logger.error({ error: nameOf(error) }, 'the live feed is read again');
        await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
      });
  };

  const begin = async (): Promise<void> => {
    after = await log.lastPosition();
    running = follow();
  };

  const count = (room: string, by: 1 | -1): void => {
    if (room.startsWith('workflow:')) workflowRooms += by;
  };

  return {
    workflowOf,
    start: () => {
      starting ??= begin().catch((error: unknown) => {
        starting = null; // the next socket tries again
        throw error;
      });
      return starting;
    },
    join: (room, connection) => {
      const members = rooms.get(room) ?? new Set();
      if (members.size === 0) count(room, 1);
      rooms.set(room, members.add(connection));
    },
    leave: (room, connection) => {
      const members = rooms.get(room);
      if (!members?.delete(connection) || members.size > 0) return;
      rooms.delete(room);
      count(room, -1);
    },
    stop: async () => {
      stopping.abort();
      await starting?.catch(() => undefined); // told to the socket that started it
      await running;
    },
  };
};
