import { expect, it } from '@jest/globals';
import {
  type DefinedNode,
  type EventLog,
  type ExecutionCommand,
  type ExecutionId,
  executionStream,
  type HttpAnswer,
  type HttpClient,
  type KeyId,
  type NewEvent,
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

import { createLiveRun } from './liveRun.ts';
import { createSlots } from './slots.ts';

const now = '2026-01-01T00:00:00.000Z';
const executionId = newId() as ExecutionId; // invented here
const stream = executionStream(executionId);

const unsafe = (id: string): DefinedNode => ({
  ...{ id, name: id, type: 'action', kind: 'http-request@1', onInDoubt: 'ask' },
  config: { method: 'POST', url: `http://world/${id}` },
  retry: { maxRetries: 0, delaysMs: [0] },
});

const start = (nodes: readonly DefinedNode[], keyId: KeyId): ExecutionCommand => ({
  type: 'StartWorkflow',
  data: {
    ...{ executionId, keyId, workflowId: 'w', workflowVersion: 1, workflowName: 'W', userId: 'u' },
    ...{ engineVersion: 1, definition: { nodes: [...nodes], connections: [] } },
    ...{ definitionHash: 'h', triggerType: 'manual', trigger: {}, context: {}, priority: 0 },
    ...{ maxRetries: 0, totalNodes: nodes.length },
  },
});

/** Requests that are answered when the test says so. */
const heldHttp = () => {
  const arrived: string[] = [];
  const waiting = new Map<string, (answer: HttpAnswer) => void>();
  const http: HttpClient = {
    request: ({ url }) =>
      new Promise((resolve) => {
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
  const append: EventLog['append'] = async (...given) => {
    waiting += 1;
    await gate.promise;
    waiting -= 1;
    return log.append(...given);
  };
  return {
    log: { ...log, append },
    shut: () => (gate = Promise.withResolvers()),
    open: () => {
      gate.resolve(undefined);
    },
    waiting: () => waiting,
  };
};

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
};

const heldRun = async (nodes: readonly DefinedNode[], places: number) => {
  const keys = createInMemoryKeyRing();
  const store = createInMemoryEventStore();
  const plain = createEventLog({ store, keys, files: createInMemoryFileStorage() });
  const keyId = await keys.reserve();
  const metadata = {
    ...{ correlationId: 'c', causationId: 'c', commandId: 'c', workspaceId: 'w', occurredAt: now },
    ...{ actor: { kind: 'user' as const, id: 'u' }, schemaVersion: 1 },
  };
  const facts = decideRun(start(nodes, keyId), initialRun).map((event): NewEvent => ({
    ...event,
    ...{ eventId: newId(), metadata },
  }));
  await plain.append(stream, 'no_stream', facts, { run: keyId });
  const { http, arrived, answer } = heldHttp();
  const gate = gated(plain);
  const live = createLiveRun(executionId, {
    workbench: {
      ...{ findKind, deterministicId, http },
      expressions: { evaluate: async () => null, render: async (settings) => settings },
      models: { name: 'none', simulated: false, complete: () => Promise.reject(new Error('none')) },
      people: { accountOf: () => Promise.reject(new Error('nobody is asked')) },
    },
    ...{ log: gate.log, newId, owner: newId(), time: systemTime, slots: createSlots(places) },
    ...{ now: () => now, epoch: () => 1, draining: () => false, onIdle: () => undefined },
    ...{ onFacts: undefined, snapshots: undefined },
    onError: (error) => {
      throw error;
    },
  });
  live.nudge(0);
  const ended = async (): Promise<boolean> => {
    const known = await plain.readStream(stream);
    return isOver(foldRun(initialRun, known as Parameters<typeof foldRun>[1])); // the facts of one run
  };
  return { arrived, answer, gate, ended };
};

it('performs an effect once, also when its outcome comes while another one is being recorded', async () => {
  const { arrived, answer, gate, ended } = await heldRun([unsafe('a'), unsafe('b')], 64);
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
  const { arrived, answer, ended } = await heldRun([unsafe('a'), unsafe('b')], 1);
  await until(() => arrived.length === 1);
  answer(arrived[0] ?? '');
  await until(() => arrived.length === 2);
  answer(arrived[1] ?? '');
  await until(() => arrived.length > 2 || ended());
  expect([...arrived].sort()).toEqual(['a', 'b']);
});
