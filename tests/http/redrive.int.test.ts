import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type ExecutionEvent, type ExecutionId, executionStream } from '@studio/contracts';
import { handle, run } from '@studio/domain';
import { createPatience, newId, systemClock } from '@studio/infra';
import { type Projectors, startProjectors } from '@studio/projectors';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let projectors: Projectors;
let ada: SignedIn;
let workflow_id: string;

const node = {
  ...{ id: 'a', type: 'action', title: 'A', position: { x: 0, y: 0 } },
  data: { kind: 'transform', config: { expression: '1' } },
};

beforeAll(async () => {
  studio = await startWriteSide();
  const { pool, log } = studio;
  projectors = await startProjectors({ pool, log, onTrouble: () => undefined });
  ada = await studio.signIn('ada@example.org');
});
beforeEach(async () => {
  const { body } = await ada.call('POST', '/workflows', { name: 'W', nodes: [node] });
  workflow_id = String(body.id);
});
afterAll(async () => {
  await projectors.stop();
  await studio.stop();
});

const streamOf = (id: string) => executionStream(id as ExecutionId); // ids of runs that were started

const ofExecutor = () => ({
  ...{ correlationId: 'test', causationId: 'test', commandId: 'test' },
  ...{ actor: { kind: 'executor' as const, id: 'test' }, workspaceId: ada.workspaceId },
  occurredAt: systemClock(),
});

/** Fails the run as the executor would. */
const fail = async (id: string, code: string): Promise<void> => {
  await handle({ log: studio.log, newId, patience: createPatience() }, run, {
    stream: streamOf(id),
    command: {
      type: 'FailPureNode',
      data: { instanceId: 'a', error: { code, message: 'no', transient: false } },
    },
    cause: ofExecutor(),
    keys: ({ keyId }) => ({ run: keyId }),
  });
};

const failed = async (code = 'http.status', more = {}): Promise<string> => {
  const { body } = await ada.call('POST', '/executions', { workflow_id, ...more });
  await fail(String(body.id), code);
  return String(body.id);
};

const redrive = async (asked: object, headers = {}) => {
  const { status, body } = await ada.call(
    ...(['POST', '/executions/redrive', { workflow_id, ...asked }, headers] as const),
  );
  return { status, body };
};

const retries = async (id: string): Promise<number> =>
  ((await studio.log.readStream(streamOf(id))) as readonly { type: string }[]).filter(
    ({ type }) => type === 'WorkflowRetried',
  ).length;

const idsIn = (entries: readonly { execution_id: string }[]): string[] =>
  entries.map(({ execution_id }) => execution_id);

it('has what matches go on, the oldest first, and leaves the rest', async () => {
  const [first, other, second] = [
    await failed(),
    await failed('model.failed'),
    await failed('http.status', { tags: ['eu'] }),
  ];
  const dry = await redrive({ code: 'http.status', dry_run: true });
  expect(dry).toEqual({
    status: 200,
    body: {
      ...{ dry_run: true, skipped: [], more: false },
      redriven: [first, second].map((execution_id) => ({
        ...{ execution_id, workflow_id, code: 'http.status', retry: 1 },
      })),
    },
  });
  expect(await retries(first)).toBe(0);
  expect((await redrive({ tags: ['EU'] })).body.redriven).toMatchObject([{ execution_id: second }]);
  const { body } = await redrive({ code: 'http.status' });
  expect(idsIn(body.redriven)).toEqual([first]);
  expect(await Promise.all([first, other, second].map(retries))).toEqual([1, 0, 1]);
});

it('follows from one order for each run', async () => {
  const id = await failed();
  await redrive({});
  const facts = (await studio.log.readStream(
    streamOf(id),
  )) as unknown as readonly (ExecutionEvent & {
    metadata: { commandId: string };
  })[]; // the stream of a run
  const retried = facts.find(({ type }) => type === 'WorkflowRetried');
  if (retried?.type !== 'WorkflowRetried') throw new Error('the run goes on');
  expect(retried.metadata.commandId).toBe(retried.data.redriveId);
});

it('has a run go on once under one Idempotency-Key, though it has failed again', async () => {
  const id = await failed();
  const key = { 'idempotency-key': 'redrive-1' };
  expect(idsIn((await redrive({}, key)).body.redriven)).toEqual([id]);
  await fail(id, 'http.status');
  const again = await redrive({}, key);
  expect(again.body).toMatchObject({
    redriven: [],
    skipped: [{ execution_id: id, why: { code: 'execution.already_redriven' } }],
  });
  expect(await retries(id)).toBe(1);
  expect(idsIn((await redrive({})).body.redriven)).toEqual([id]);
});

it('says why a run does not go on', async () => {
  const never = await failed('http.status', { max_retries: 0 });
  const fresh = await failed();
  const { body } = await redrive({ limit: 1 });
  expect(body).toMatchObject({ redriven: [{ execution_id: fresh }], skipped: [], more: true });
  expect((await redrive({ limit: 1 })).body).toMatchObject({
    ...{ redriven: [], more: false },
    skipped: [{ execution_id: never, why: { code: 'execution.not_retryable' } }],
  });
  const other = await failed();
  await ada.call('POST', `/workflows/${workflow_id}/halt`, { runs: 'pause' });
  expect((await redrive({ dry_run: true })).body.skipped).toMatchObject([
    { execution_id: other, why: { code: 'workflow.halted' } },
    { execution_id: never, why: { code: 'workflow.halted' } },
  ]);
});

it('goes by the time of the failure', async () => {
  const early = await failed();
  const [, , last] = await studio.log.readStream(streamOf(early));
  const at = String(last?.metadata.occurredAt);
  expect(idsIn((await redrive({ from: at, dry_run: true })).body.redriven)).toEqual([early]);
  expect(idsIn((await redrive({ to: at, dry_run: true })).body.redriven)).toEqual([]);
});

it('leaves children to their parents', async () => {
  const parent = await failed();
  const [first] = (await studio.log.readStream(
    streamOf(parent),
  )) as unknown as readonly ExecutionEvent[]; // the stream of a run
  if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
  const executionId = newId();
  const keyId = await studio.keys.reserve();
  const node = { executionId: parent, nodeId: 'a', instanceId: 'a' };
  await handle({ log: studio.log, newId, patience: createPatience() }, run, {
    ...{ stream: streamOf(executionId), fresh: true, keys: () => ({ run: keyId }) },
    command: { type: 'StartWorkflow', data: { ...first.data, executionId, keyId, parent: node } },
    cause: ofExecutor(),
  });
  await fail(executionId, 'http.status');
  expect(idsIn((await redrive({ dry_run: true })).body.redriven)).toEqual([parent]);
});

it("leaves other people's runs alone", async () => {
  const id = await failed();
  const grace = await studio.signIn('grace@example.org');
  const answer = await grace.call('POST', '/executions/redrive', { workflow_id });
  expect(answer.body).toEqual({ dry_run: false, redriven: [], skipped: [], more: false });
  expect(await retries(id)).toBe(0);
});

it.each([
  ['a filter that is not known', { workfow: 'x' }, 'workfow'],
  ['a malformed workflow', { workflow_id: 'x' }, 'workflow_id'],
  ['a malformed time', { from: 'yesterday' }, 'from'],
  [
    'a period that ends before it begins',
    { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
    'to',
  ],
  ['a limit beyond 500', { limit: 501 }, 'limit'],
  ['a tag that is empty', { tags: [''] }, 'tags'],
  ['a dry run that is no yes or no', { dry_run: 'maybe' }, 'dry_run'],
])('refuses %s', async (_, asked, field) => {
  const id = await failed();
  const { status, body } = await redrive(asked);
  expect(status).toBe(422);
  expect(JSON.stringify(body.detail)).toContain(field);
  expect(await retries(id)).toBe(0);
});
