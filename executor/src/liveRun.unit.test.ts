import { expect, it } from '@jest/globals';
import {
  type DefinedConnection,
  type DefinedNode,
  type Definition,
  type EventLog,
  type ExecutionCommand,
  type ExecutionId,
  executionStream,
  type HttpAnswer,
  type HttpClient,
  type KeyId,
  type NewEvent,
  StudioError,
  type Timekeeper,
} from '@studio/contracts';
import { decideRun, foldRun, initialRun, isOver } from '@studio/domain';
import {
  createEventLog,
  createInMemoryEventStore,
  createInMemoryFileStorage,
  createInMemoryKeyRing,
  deterministicId,
  newId,
  systemTime,
} from '@studio/infra';
import { findKind } from '@studio/kinds';

import { createLiveRun, type LiveRun } from './liveRun.ts';
import { createSlots, type Slots } from './slots.ts';

const now = '2026-01-01T00:00:00.000Z';

const unsafe = (id: string): DefinedNode => ({
  ...{ id, name: id, type: 'action', kind: 'http-request@1', onInDoubt: 'ask' },
  config: { method: 'POST', url: `http://world/${id}` },
  retry: { maxRetries: 0, delaysMs: [0] },
});

const idempotent = (id: string): DefinedNode => ({
  ...unsafe(id),
  config: { ...unsafe(id).config, idempotent: true },
});

const pure = (id: string): DefinedNode => ({
  ...unsafe(id),
  ...{ kind: 'transform@1', config: { expression: '1' } },
});

const edge = (source: string, target: string): DefinedConnection => ({
  ...{ source, target, sourceHandle: 'output' },
});

const start = (
  executionId: ExecutionId,
  keyId: KeyId,
  definition: Definition,
): ExecutionCommand => ({
  type: 'StartWorkflow',
  data: {
    ...{ executionId, keyId, workflowId: 'w', workflowVersion: 1, workflowName: 'W', userId: 'u' },
    ...{ engineVersion: 1, definition },
    ...{ definitionHash: 'h', triggerType: 'manual', trigger: {}, context: {}, priority: 0 },
    ...{ maxRetries: 0, totalNodes: definition.nodes.length },
  },
});

/** Requests that are answered when the test says so, or called off. */
const heldHttp = () => {
  const arrived: string[] = [];
  const waiting = new Map<string, (answer: HttpAnswer) => void>();
  const http: HttpClient = {
    request: ({ url, signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error); // what aborted it
        });
        const name = url.slice(-1);
        arrived.push(name);
        waiting.set(name, resolve);
      }),
  };
  const answer = (name: string): void =>
    waiting.get(name)?.({ status: 200, headers: {}, body: null });
  return { http, arrived, answer };
};

/** Appends that wait while the gate is shut. */
const gated = (log: EventLog) => {
  let gate = Promise.withResolvers<undefined>();
  gate.resolve(undefined);
  let waiting = 0;
  let refusals = 0;
  const append: EventLog['append'] = async (...given) => {
    if (refusals > 0) {
      refusals -= 1;
      throw new StudioError('unavailable', 'service.unavailable', 'No answer');
    }
    waiting += 1;
    await gate.promise;
    waiting -= 1;
    return log.append(...given);
  };
  return {
    log: { ...log, append },
    refuseOnce: () => (refusals = 1),
    shut: () => (gate = Promise.withResolvers()),
    open: () => {
      gate.resolve(undefined);
    },
    waiting: () => waiting,
  };
};

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it never comes to that');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

/** Runs that share so many places; whoever wants to be told of their errors has them. */
const heldRuns = (
  places: number,
  { time = systemTime, onError }: { time?: Timekeeper; onError?: (error: unknown) => void } = {},
) => {
  const keys = createInMemoryKeyRing();
  const store = createInMemoryEventStore();
  const plain = createEventLog({ store, keys, files: createInMemoryFileStorage() });
  const { http, arrived, answer } = heldHttp();
  const gate = gated(plain);
  const asked = new Set<string>();
  const putDown = new Set<ExecutionId>();
  const begun: { readonly executionId: ExecutionId; readonly live: LiveRun }[] = [];
  const free = createSlots(places);
  const slots: Slots = {
    ...free,
    whenFree: (run, retry) => {
      asked.add(run.key);
      free.whenFree(run, retry);
    },
  };
  const metadata = {
    ...{ correlationId: 'c', causationId: 'c', commandId: 'c', workspaceId: 'w', occurredAt: now },
    ...{ actor: { kind: 'user' as const, id: 'u' }, schemaVersion: 1 },
  };
  /** Starts it; what is returned tells whether it has ended. */
  const begin = async (
    nodes: readonly DefinedNode[],
    connections: readonly DefinedConnection[] = [],
  ): Promise<() => Promise<boolean>> => {
    const executionId = newId() as ExecutionId; // invented here
    const stream = executionStream(executionId);
    const keyId = await keys.reserve();
    const definition = { nodes: [...nodes], connections: [...connections] };
    const command = start(executionId, keyId, definition);
    const facts = decideRun(command, initialRun).map((event): NewEvent => ({
      ...event,
      ...{ eventId: newId(), metadata },
    }));
    await plain.append(stream, 'no_stream', facts, { run: keyId });
    const live = createLiveRun(executionId, {
      workbench: {
        ...{ findKind, deterministicId, http, pseudonym: (text) => text },
        expressions: { evaluate: async () => null, render: async (settings) => settings },
        models: {
          ...{ name: 'none', simulated: false },
          complete: () => Promise.reject(new Error('none')),
        },
        people: { accountOf: () => Promise.reject(new Error('nobody is asked')) },
      },
      ...{ log: gate.log, newId, owner: newId(), time, slots },
      ...{ now: () => now, epoch: () => 1, draining: () => false },
      ...{ onFacts: undefined, snapshots: undefined },
      onIdle: () => {
        slots.passOn(executionId);
        putDown.add(executionId);
      },
      onError: (error) => {
        if (!onError) throw error;
        onError(error);
      },
    });
    begun.push({ executionId, live });
    live.nudge(0);
    return async () => {
      const known = await plain.readStream(stream);
      return isOver(foldRun(initialRun, known as Parameters<typeof foldRun>[1])); // the facts of one run
    };
  };
  return { arrived, answer, gate, begin, begun, putDown, slots, runsThatWait: () => asked.size };
};

it('performs an effect once, also when its outcome comes while another one is being recorded', async () => {
  const { arrived, answer, gate, begin } = heldRuns(64);
  const ended = await begin([unsafe('a'), unsafe('b')]);
  await until(() => arrived.length === 2);
  gate.shut();
  answer('b');
  await until(() => gate.waiting() === 1);
  answer('a');
  await new Promise((resolve) => setTimeout(resolve, 5));
  gate.open();
  await until(() => arrived.length > 2 || ended());
  expect([...arrived].sort()).toEqual(['a', 'b']);
});

it('performs an effect once, also when the place that it leaves is the one its run waits for', async () => {
  const { arrived, answer, begin } = heldRuns(1);
  const ended = await begin([unsafe('a'), unsafe('b')]);
  await until(() => arrived.length === 1);
  answer(arrived[0] ?? '');
  await until(() => arrived.length === 2);
  answer(arrived[1] ?? '');
  await until(() => arrived.length > 2 || ended());
  expect([...arrived].sort()).toEqual(['a', 'b']);
});

it('performs an effect anew that was called off once it has let go', async () => {
  const { arrived, answer, begin, begun } = heldRuns(64);
  const ended = await begin([idempotent('a')]);
  await until(() => arrived.length === 1);
  begun[0]?.live.post({ type: 'RewindWorkflow', data: { nodeId: 'a', reason: null, now } });
  await until(() => arrived.length === 2);
  answer('a');
  await until(ended);
  expect(arrived).toEqual(['a', 'a']);
});

it('leaves a place to the next run when it has no use for it after all', async () => {
  const { arrived, answer, begin, runsThatWait } = heldRuns(1);
  const nodes = [unsafe('a'), pure('o'), pure('p'), pure('q')];
  const ended = await begin(nodes, [edge('a', 'p'), edge('a', 'q')]);
  await until(() => arrived.length === 1);
  await begin([unsafe('b')]);
  await until(() => runsThatWait() === 2);
  answer('a');
  await until(ended);
  await until(() => arrived.length === 2);
  expect(arrived).toEqual(['a', 'b']);
});

it('does nothing any more once it was put down, whatever is still to ring', async () => {
  const later: (() => void)[] = [];
  const time: Timekeeper = {
    nowMs: () => systemTime.nowMs(),
    after: (_, then) => {
      later.push(then);
      return () => undefined;
    },
  };
  const errors: unknown[] = [];
  const told = { time, onError: (error: unknown) => errors.push(error) };
  const { gate, begin, begun, putDown, slots } = heldRuns(1, told);
  gate.refuseOnce();
  await begin([pure('o')]);
  await until(() => errors.length === 1);
  const [first] = begun;
  first?.live.nudge(1); // the run goes on, ends and is put down, and its next try is still to come
  await until(() => putDown.size === 1);

  const successor = { key: first?.executionId ?? '', workspaceId: 'w', priority: 0 };
  slots.take({ ...successor, key: 'another' });
  let offered = false;
  slots.whenFree(successor, () => (offered = true));
  expect(later).toHaveLength(1);
  for (const ring of later) ring();
  await new Promise((resolve) => setTimeout(resolve, 20));
  slots.release();
  expect(offered).toBe(true);
});
