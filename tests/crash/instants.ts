import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

import {
  type EngineIndex,
  type EventStore,
  type EventToAppend,
  type HttpClient,
  StudioError,
} from '@studio/contracts';
import type { Database } from '@studio/infra';
import type { Decorations } from '@studio/studio';
import type { PoolClient } from 'pg';

/**
 * Where a process ends, each for the node that END_AT names behind it:
 * - `opening`: WorkflowStarted is on disk, the client has no answer (the node is `-`);
 * - `intent`: the node's NodeStarted is on disk, its effect has not begun;
 * - `effect`: the node's call was answered, its outcome is not on disk;
 * - `outcome`: the node's NodeCompleted is on disk, and nothing else was done;
 * - `checkpoint`, `rows`, `commit`: in the projection's transaction that holds this outcome, when the
 *   checkpoint has moved, when the rows are written too, and when both are committed;
 * - `index`: the statement that brings the engine's index past this outcome was just sent.
 */
export type Instant =
  'opening' | 'intent' | 'effect' | 'outcome' | 'checkpoint' | 'rows' | 'commit' | 'index';

/** Ends the process as a power cut does: no handler runs, nothing is flushed. */
const end = (instant: Instant, position: bigint | null = null): Promise<never> => {
  writeSync(1, `Ends at ${instant}, position ${String(position)}\n`);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined); // whoever waits here is gone
};

const factOf: Partial<Record<Instant, string>> = {
  opening: 'WorkflowStarted',
  intent: 'NodeStarted',
};

const isAbout = (node: string, { type, data }: EventToAppend): boolean =>
  type === 'WorkflowStarted' ||
  // What the log holds of these events is an object with a node's id.
  (JSON.parse(data) as { nodeId?: string }).nodeId === node;

const onDisk =
  (type: string, node: string, then: (position: bigint) => Promise<void>) =>
  (store: EventStore): EventStore => ({
    ...store,
    append: async (stream, expected, events) => {
      const head = await store.append(stream, expected, events);
      const found = events.some((event) => event.type === type && isAbout(node, event));
      if (found) await then(head.position);
      return head;
    },
  });

const answered =
  (node: string) =>
  (http: HttpClient): HttpClient => ({
    request: async (request) => {
      const answer = await http.request(request);
      return new URL(request.url).pathname === `/${node}` ? end('effect') : answer;
    },
  });

/** Stands before the statements of the transactions that a projection writes by. */
const inTransaction =
  (instant: Instant, hasCome: (position: bigint) => boolean) =>
  (database: Database): Database => {
    const movedTo = (statement: unknown): bigint | null => {
      const { name, values = [] } = statement as { name?: string; values?: unknown[] }; // a text has neither
      const [projection, , , to] = values.map(String);
      if (name !== 'move-checkpoint' || projection !== 'executions' || to === undefined)
        return null;
      return hasCome(BigInt(to)) ? BigInt(to) : null;
    };
    const watch = (client: PoolClient): PoolClient => {
      let position: bigint | null = null;
      // Of the forms that pg takes, those that answer by a promise.
      const ask = client.query.bind(client) as (...sent: unknown[]) => Promise<unknown>;
      const query = async (...sent: unknown[]) => {
        const [first] = sent;
        const isCommit = first === 'commit';
        if (position !== null && instant === (isCommit ? 'rows' : 'checkpoint'))
          return end(instant, position);
        const result = await ask(...sent);
        if (position !== null && isCommit) return end(instant, position);
        position ??= movedTo(first);
        return result;
      };
      return new Proxy(client, {
        get: (target, key) => {
          if (key === 'query') return query;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    };
    return new Proxy(database, {
      get: (target, key) => {
        if (key === 'connect') return async () => watch(await target.connect());
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };

const whenSent =
  (hasCome: (position: bigint) => boolean) =>
  (index: EngineIndex): EngineIndex => ({
    ...index,
    apply: async (changes, from, to) => {
      const applied = index.apply(changes, from, to);
      if (!hasCome(to)) return applied;
      await setImmediate(); // the statement leaves in this turn of the event loop
      return end('index', to);
    },
  });

/**
 * Stands still, as a process does whose machine is paused, when the outcome of the node is about to
 * be appended; sends it once it is woken, and says what the log answered.
 */
export const standingStillAt = (node: string): Decorations => ({
  store: (store) => ({
    ...store,
    append: async (stream, expected, events) => {
      const found = events.some((event) => event.type === 'NodeCompleted' && isAbout(node, event));
      if (!found) return store.append(stream, expected, events);
      writeSync(1, `Stands still with ${node}\n`);
      process.kill(process.pid, 'SIGSTOP');
      const answer = store.append(stream, expected, events);
      answer.then(
        () => writeSync(1, 'Accepted\n'),
        (error: unknown) =>
          writeSync(1, `Refused: ${error instanceof StudioError ? error.code : String(error)}\n`),
      );
      return answer;
    },
  }),
});

/** `<instant>:<node>`, for example `intent:pay`. */
export const endingAt = (text: string): Decorations => {
  const [name = '', node = ''] = text.split(':');
  const instant = name as Instant; // the tests write it
  let outcome: bigint | null = null;
  const hasCome = (position: bigint): boolean => outcome !== null && position >= outcome;
  const store = onDisk('NodeCompleted', node, async (position) => {
    outcome ??= position;
  });
  switch (instant) {
    case 'opening':
    case 'intent':
    case 'outcome':
      return {
        store: onDisk(factOf[instant] ?? 'NodeCompleted', node, (at) => end(instant, at)),
      };
    case 'effect':
      return { http: answered(node) };
    case 'checkpoint':
    case 'rows':
    case 'commit':
      return { store, projections: inTransaction(instant, hasCome) };
    case 'index':
      return { store, index: whenSent(hasCome) };
  }
};
