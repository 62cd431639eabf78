import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type Definition,
  type EventTriggerRule,
  type ExecutionId,
  type RecordedEvent,
  type WorkflowEvent,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import { newId, systemClock } from '@studio/infra';
import { Pool } from 'pg';

import { aChain, aNode, type Engine, type StartedWith, startEngine } from '../fixtures/engine.ts';
import { until } from '../http/until.ts';

let engine: Engine;
let pool: Pool;
beforeAll(async () => {
  engine = await startEngine();
  pool = new Pool({ connectionString: engine.url });
});
afterAll(async () => {
  await pool.end();
  await engine.stop();
});

const fresh = () => newId() as WorkflowId; // a fresh id
const ending = aChain([aNode('end', 'transform', { expression: 'trigger' })]);
const failing = aChain([aNode('no', 'transform', { expression: '$error("no")' })]);
const waiting = aChain([aNode('wait', 'wait-for-event', { signal: 'go' })]);
const fired = (then: Definition = aChain([aNode('told', 'noop')])): Definition => ({
  nodes: [aNode('begin', 'event-trigger'), ...then.nodes],
  connections: then.connections,
});

const tell = async (id: WorkflowId, ...events: WorkflowEvent[]): Promise<void> => {
  const commandId = newId();
  const metadata = {
    ...{ correlationId: commandId, causationId: commandId, commandId, workspaceId: 'workspace' },
    ...{ actor: { kind: 'user' as const, id: 'somebody' }, schemaVersion: 1 },
    occurredAt: systemClock(),
  };
  const told = events.map((event) => ({ ...event, eventId: newId(), metadata }));
  await engine.log.append(
    ...([workflowStream(id), (await engine.log.head(workflowStream(id))) ?? 'no_stream'] as const),
    ...([told, {}] as const),
  );
};
/** Publishes a workflow that the rule starts; what ended before is none of its. */
const triggered = async (
  rule: Partial<EventTriggerRule>,
  { id = fresh(), then }: { id?: WorkflowId; then?: Definition } = {},
): Promise<WorkflowId> => {
  await engine.publish(fired(then), id);
  const all = { workflowIds: null, outcomes: ['completed' as const], expression: null, ...rule };
  const trigger = { workflowId: id, nodeId: 'begin', triggerId: `of ${id}` };
  await tell(id, {
    type: 'EventTriggerSet',
    data: { ...trigger, ...all, setBy: 'ada', setAt: systemClock() },
  });
  return id;
};
const untriggered = (id: WorkflowId): Promise<void> =>
  tell(id, {
    type: 'EventTriggerRemoved',
    data: { workflowId: id, nodeId: 'begin', triggerId: `of ${id}` },
  });

/** A run of that workflow, until it has ended. */
const ended = async (
  workflowId: WorkflowId,
  definition = ending,
  more: StartedWith & { trigger?: unknown } = {},
): Promise<ExecutionId> => {
  const { trigger, ...rest } = more;
  const id = await engine.start(definition, trigger, { workflowId, ...rest });
  await engine.ended(id);
  return id;
};

const factsOf = async <Type extends RecordedEvent['type']>(type: Type) => {
  const range = { after: 0n, filter: { types: [type] }, limit: 1_000 };
  const { events } = await engine.log.readAll(range, 'open');
  return events as Extract<RecordedEvent, { type: Type }>[]; // the filter says so
};
const startedOf = async (workflowId: WorkflowId) =>
  (await factsOf('WorkflowStarted')).filter(({ data }) => data.workflowId === workflowId);
const skippedOf = async (workflowId: WorkflowId) =>
  (await factsOf('EventFiringSkipped')).filter(({ data }) => data.workflowId === workflowId);

/** The index has seen what is on record, and every firing that it found has come to its end. */
const settled = async (): Promise<void> => {
  await engine.executor().level(await engine.log.lastPosition());
  await until(async () => (await pool.query('select from engine.event_firings')).rowCount === 0);
};
const timesStarted = async (workflowId: WorkflowId): Promise<number> => {
  await settled();
  return (await startedOf(workflowId)).length;
};

it('starts the published workflow by the end of another one, and tells it what ended', async () => {
  const source = fresh();
  const target = await triggered({ workflowIds: [source] });
  const id = await ended(source, ending, { trigger: { total: 7 } });
  await until(async () => (await startedOf(target)).length === 1);
  const [run] = await startedOf(target);
  expect(run?.data).toMatchObject({
    ...{ triggerType: 'event', userId: 'ada', depth: 1, workflowVersion: 1 },
    firedBy: { by: 'event', nodeId: 'begin', triggerId: `of ${target}`, endedExecutionId: id },
    trigger: {
      ...{ node_id: 'begin', workflow_id: source, execution_id: id, workflow_version: 1 },
      ...{ outcome: 'completed', output: { total: 7 }, error: null, trigger_type: 'manual' },
    },
  });
  const end = (await engine.facts(id)).at(-1);
  expect(run?.metadata).toMatchObject({
    ...{ causationId: end?.eventId, correlationId: end?.metadata.correlationId },
    actor: { kind: 'trigger', id: `of ${target}` },
  });
  expect((await engine.ended(run?.data.executionId as ExecutionId)).status).toBe('completed'); // plain text in the log
});

it('fires for the outcomes that it names, each end once: a run that is retried ends again', async () => {
  const source = fresh();
  const onFailure = await triggered({ workflowIds: [source], outcomes: ['failed'] });
  const onRest = await triggered({
    workflowIds: [source],
    outcomes: ['completed', 'cancelled'],
  });
  const id = await ended(source, failing);
  await engine.order(id, { type: 'RetryWorkflow', data: { now: systemClock() } });
  await until(async () => (await startedOf(onFailure)).length === 2);
  const runs = await startedOf(onFailure);
  expect(new Set(runs.map(({ data }) => data.executionId)).size).toBe(2);
  expect(runs[0]?.data.trigger).toMatchObject({
    ...{ outcome: 'failed', output: null },
    error: { code: 'expression.failed', node_instance_id: 'no' },
  });
  const cancelled = await engine.start(waiting, {}, { workflowId: source });
  await engine.order(cancelled, { type: 'CancelWorkflow', data: { reason: null } });
  expect(await timesStarted(onRest)).toBe(1);
});

it('means every workflow of its workspace but its own, where it names none', async () => {
  const target = await triggered({});
  await ended(fresh(), ending, { workspaceId: 'elsewhere' });
  await ended(target);
  const id = await ended(fresh());
  await settled();
  const runs = (await startedOf(target)).filter(({ data }) => data.triggerType === 'event');
  expect(runs.map(({ data }) => data.trigger)).toMatchObject([{ execution_id: id }]);
  await untriggered(target);
});

it('lets two that mean every workflow each see the other once, and not start each other on and on', async () => {
  const [one, other] = [await triggered({}), await triggered({})];
  await ended(fresh());
  await until(async () => (await startedOf(one)).length + (await startedOf(other)).length === 4);
  for (const id of [one, other])
    for (const { data } of await startedOf(id)) await engine.ended(data.executionId as ExecutionId); // plain text in the log
  expect([await timesStarted(one), await timesStarted(other)]).toEqual([2, 2]);
  for (const id of [one, other]) await untriggered(id);
});

it('asks its expression, and says why it could not', async () => {
  const source = fresh();
  const rich = await triggered({
    ...{ workflowIds: [source], expression: 'trigger.output.total > 5' },
  });
  const broken = await triggered({ workflowIds: [source], expression: '$error("no")' });
  await ended(source, ending, { trigger: { total: 5 } });
  const id = await ended(source, ending, { trigger: { total: 6 } });
  await settled();
  expect((await startedOf(rich)).map(({ data }) => data.trigger)).toMatchObject([
    { execution_id: id },
  ]);
  expect((await skippedOf(broken)).map(({ data }) => data.code)).toEqual([
    ...['expression.failed', 'expression.failed'],
  ]);
});

it('leaves a large output where it is, and says how large', async () => {
  const source = fresh();
  const target = await triggered({ workflowIds: [source] });
  await ended(source, ending, { trigger: 'x'.repeat(70_000) });
  await until(async () => (await startedOf(target)).length === 1);
  const [run] = await startedOf(target);
  expect(run?.data.trigger).toMatchObject({ output: null, output_bytes: 70_002 });
});

it('ends a loop of workflows that start each other, and says so', async () => {
  const [one, other] = [fresh(), fresh()];
  await triggered({ workflowIds: [other] }, { id: one });
  await triggered({ workflowIds: [one] }, { id: other });
  await ended(one);
  const skips = async () => [...(await skippedOf(one)), ...(await skippedOf(other))];
  await until(async () => (await skips()).length === 1);
  const [skip] = await skips();
  expect(skip?.data.code).toBe('run.too_deep');
  const runs = [...(await startedOf(one)), ...(await startedOf(other))];
  expect(runs.map(({ data }) => data.depth ?? 0).sort((left, right) => left - right)).toEqual(
    Array.from({ length: 21 }, (_, depth) => depth),
  );
});

it('starts nothing while its workflow is halted, and nothing for it later', async () => {
  const source = fresh();
  const target = await triggered({ workflowIds: [source] });
  const halt = { runs: 'pause' as const, reason: null, haltedBy: 'ada', haltedAt: systemClock() };
  await tell(target, { type: 'WorkflowHalted', data: { workflowId: target, ...halt } });
  await ended(source);
  await until(async () => (await skippedOf(target)).length === 1);
  await tell(target, { type: 'WorkflowReleased', data: { workflowId: target } });
  expect((await skippedOf(target))[0]?.data.code).toBe('workflow.halted');
  expect(await timesStarted(target)).toBe(0);
});

it('sees only what ends while it is set, also when nobody was there to see it', async () => {
  const source = fresh();
  await engine.executor().stop(0);
  const early = await engine.start(waiting, {}, { workflowId: source });
  await engine.order(early, { type: 'CancelWorkflow', data: { reason: null } });
  const outcomes = ['cancelled' as const];
  const target = await triggered({ workflowIds: [source], outcomes });
  const within = await engine.start(waiting, {}, { workflowId: source });
  await engine.order(within, { type: 'CancelWorkflow', data: { reason: null } });
  await engine.restart();
  await until(async () => (await startedOf(target)).length === 1);
  await untriggered(target);
  await ended(source);
  expect(await timesStarted(target)).toBe(1);
  expect((await startedOf(target))[0]?.data.trigger).toMatchObject({ execution_id: within });
});

it('starts each run once through restarts, and from an index that is filled again', async () => {
  const source = fresh();
  const outcomes = ['cancelled' as const];
  const target = await triggered({ workflowIds: [source], outcomes });
  const runs = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(() => engine.start(waiting, {}, { workflowId: source })),
  );
  await engine.executor().stop(0);
  for (const id of runs) await engine.order(id, { type: 'CancelWorkflow', data: { reason: null } });
  for (let restarts = 0; restarts < 4; restarts += 1) await engine.restart();
  await until(async () => (await startedOf(target)).length === runs.length);
  await engine.executor().stop(0);
  await pool.query(
    'truncate engine.runs, engine.timers, engine.event_triggers, engine.event_firings',
  );
  await pool.query('update engine.checkpoint set position = 0');
  await engine.restart();
  expect(await timesStarted(target)).toBe(runs.length);
  const told = (await startedOf(target)).map(({ data }) => data.firedBy);
  expect(new Set(told.map((by) => by?.by === 'event' && by.endedExecutionId))).toEqual(
    new Set<unknown>(runs),
  );
});

it('starts each run once for two executors that both see the end', async () => {
  const source = fresh();
  const target = await triggered({ workflowIds: [source] });
  const other = await engine.another();
  await engine.restart({ alone: false });
  const runs = await Promise.all(
    Array.from({ length: 20 }, () => engine.start(ending, {}, { workflowId: source })),
  );
  // Whoever holds the shards loses them in the middle of it.
  await until(async () => (await startedOf(target)).length > 0);
  await pool.query('update engine.shards set owner = null, epoch = epoch + 1, beat = beat + 1');
  await Promise.all(runs.map((id) => engine.ended(id)));
  await until(async () => (await startedOf(target)).length >= runs.length);
  expect(await timesStarted(target)).toBe(runs.length);
  await other.stop(0);
  await engine.restart();
  expect(engine.errors).toEqual([]);
});
