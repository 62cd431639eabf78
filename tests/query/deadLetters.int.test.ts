import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { ExecutionEvent, KeyId } from '@studio/contracts';
import { nameHash } from '@studio/infra';

import {
  chain,
  newStory,
  nodeCompleted,
  nodeFailed,
  nodeStarted,
  type Story,
  workflowStarted,
} from '../fixtures/facts.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let owner: Story;
let token: string;

const owned = async (): Promise<Story> => ({
  ...newStory(await side.studio.keys.reserve()),
  userId: owner.userId,
  workspaceId: owner.workspaceId,
});

const begin = async (more: readonly ExecutionEvent[], story?: Story): Promise<Story> => {
  const run = story ?? (await owned());
  await side.studio.happened(run, workflowStarted(run, chain('a', 'b')), ...more);
  return run;
};

const runFailed = (code = 'http.status'): ExecutionEvent => ({
  type: 'WorkflowFailed',
  data: { instanceId: 'a', code, message: 'no luck for the run' },
});
const fails = (code?: string) => [
  nodeStarted('a'),
  nodeFailed('a', 'retry'),
  nodeStarted('a', { attempt: 2 }),
  { ...nodeFailed('a', 'fail_run'), data: { ...failedData, attempt: 2 } } as ExecutionEvent, // the same with another attempt
  runFailed(code),
];
const failedData = nodeFailed('a', 'fail_run').data;
const inDoubt: ExecutionEvent = {
  type: 'NodeInDoubt',
  data: { nodeId: 'b', instanceId: 'b', attempt: 1, reason: 'crash' },
};
const retried: ExecutionEvent = {
  type: 'WorkflowRetried',
  data: {
    ...{ retry: 1, inDoubt: [] },
    reopened: [{ nodeId: 'a', instanceId: 'a', attempt: 3, generation: 1 }],
  },
};

const list = async (query = '') => {
  await side.projectors.waitFor('executions', await side.studio.log.lastPosition(), 60_000);
  return side.get(token, `/api/v1/executions/dead-letters${query}`);
};
const found = async (query = ''): Promise<unknown[]> =>
  (await list(query)).body.items.map(({ execution_id }) => execution_id);

beforeAll(async () => {
  side = await startReadSide();
});
beforeEach(async () => {
  owner = newStory('' as KeyId); // its own run never comes to be
  ({ token } = await side.signIn(owner));
});
afterAll(() => side.stop());

it('tells of failed runs, held nodes and nodes in doubt, the newest first, each with its reason', async () => {
  const failed = await begin(fails());
  const held = await begin([nodeStarted('a'), nodeFailed('a', 'hold')]);
  const doubted = await begin([nodeStarted('a'), nodeCompleted('a'), nodeStarted('b'), inDoubt]);
  await begin([nodeStarted('a')]);
  const { status, body } = await list();
  expect([status, body['total']]).toEqual([200, 3]);
  expect(body.items).toEqual([
    {
      ...{ execution_id: doubted.executionId, workflow_id: doubted.workflowId },
      ...{ workflow_name: 'Greeting', workflow_version: 1 },
      ...{ business_key: null, tags: [], labels: {}, reason: 'in_doubt' },
      ...{ code: 'node.outcome_unknown', message: 'The effect began and its outcome is unknown' },
      ...{ node_id: 'b', instance_id: 'b', attempts: 1, retry_count: 0, max_retries: 3 },
      at: expect.stringMatching(/Z$/),
    },
    expect.objectContaining({
      ...{ execution_id: held.executionId, reason: 'held', code: 'http.status' },
      ...{ message: 'no luck for a', node_id: 'a', attempts: 1 },
    }),
    expect.objectContaining({
      ...{ execution_id: failed.executionId, reason: 'failed', code: 'http.status' },
      ...{ message: 'no luck for the run', node_id: 'a', instance_id: 'a', attempts: 2 },
    }),
  ]);
});

it('tells no more of what somebody has seen to', async () => {
  await begin([...fails(), retried]);
  await begin([
    ...[nodeStarted('a'), nodeFailed('a', 'hold')],
    { type: 'WorkflowCancelled', data: { reason: null } },
  ]);
  const erased = await begin(fails());
  const { executionId, keyId } = erased;
  await side.studio.happened(erased, { type: 'DataErased', data: { executionId, keyId } });
  await begin([nodeStarted('b'), inDoubt, nodeCompleted('b')]);
  expect(await found()).toEqual([]);
  const again = await begin([...fails(), retried, runFailed()]);
  expect((await list()).body.items).toMatchObject([
    { execution_id: again.executionId, retry_count: 1 },
  ]);
});

it('tells of a failed child no more than its parent does, but of what waits inside of it', async () => {
  const parent = await begin(fails('child.failed'));
  const childStarted = (child: Story): ExecutionEvent => {
    const started = workflowStarted(child, chain('a'));
    const node = { executionId: parent.executionId, nodeId: 'a', instanceId: 'a' };
    return { ...started, data: { ...started.data, parent: node } } as ExecutionEvent; // still a start
  };
  const [over, held] = [await owned(), await owned()];
  await side.studio.happened(over, childStarted(over), ...fails());
  await side.studio.happened(held, childStarted(held), nodeStarted('a'), nodeFailed('a', 'hold'));
  expect(await found()).toEqual([held.executionId, parent.executionId]);
});

it('takes filters', async () => {
  const tagged = await owned();
  const started = workflowStarted(tagged, chain('a'));
  const hash = nameHash(side.auth.nameHmac, tagged.workspaceId, { by: 'tag', value: 'eu' });
  const named = { names: { businessKey: null, tags: ['eu'], labels: {} }, hashes: [hash] };
  await side.studio.happened(
    tagged,
    { ...started, data: { ...started.data, named } } as ExecutionEvent, // still a start
    ...fails('model.failed'),
  );
  const held = await begin([nodeStarted('a'), nodeFailed('a', 'hold')]);
  const { items } = (await list()).body;
  expect(items.map(({ execution_id }) => execution_id)).toEqual([
    held.executionId,
    tagged.executionId,
  ]);
  expect(await found('?tag=eu')).toEqual([tagged.executionId]);
  expect(await found('?code=model.failed')).toEqual([tagged.executionId]);
  expect(await found('?reason=held')).toEqual([held.executionId]);
  expect(await found(`?workflow_id=${held.workflowId}`)).toEqual([held.executionId]);
  const at = String(items[0]?.['at']);
  expect(await found(`?from=${at}`)).toEqual([held.executionId]);
  expect(await found(`?to=${at}`)).toEqual([tagged.executionId]);
  expect(await found('?limit=1&offset=1')).toEqual([tagged.executionId]);
});

it('tells nobody of another workspace', async () => {
  await begin(fails(), newStory(await side.studio.keys.reserve()));
  expect(await found()).toEqual([]);
});

it.each([
  ['workflow_id=none', 'workflow_id'],
  ['reason=sad', 'reason'],
  ['code=', 'code'],
  ['from=yesterday', 'from'],
  ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
  ['limit=0', 'limit'],
])('refuses %s', async (query, field) => {
  const { status, body } = await list(`?${query}`);
  expect(status).toBe(422);
  expect(JSON.stringify(body['detail'])).toContain(`"${field}"`);
});

it('tells of runs that left something standing which was to be undone, until they are forgotten', async () => {
  const begins: ExecutionEvent[] = [nodeStarted('a'), nodeCompleted('a')];
  const compensated = (because: 'failed' | 'cancelled', why: 'failed' | null): ExecutionEvent[] => [
    { type: 'CompensationStarted', data: { because, nodes: 1 } },
    {
      type: 'CompensationEnded',
      data: {
        undone: why === null ? 1 : 0,
        left: why === null ? [] : [{ nodeId: 'a', instanceId: 'a', why }],
      },
    },
  ];
  const cancelled = (compensation: 'complete' | 'incomplete'): ExecutionEvent => ({
    type: 'WorkflowCancelled',
    data: { reason: null, compensation },
  });
  const requested: ExecutionEvent = {
    type: 'WorkflowCancellationRequested',
    data: { reason: null },
  };
  const left = await begin([
    ...[...begins, requested, ...compensated('cancelled', 'failed'), cancelled('incomplete')],
  ]);
  const undone = await begin([
    ...[...begins, requested, ...compensated('cancelled', null), cancelled('complete')],
  ]);
  const underWay = await begin([...begins, requested]);
  const { body } = await list('?reason=not_compensated');
  expect(body.items).toEqual([
    expect.objectContaining({
      ...{ execution_id: left.executionId, reason: 'not_compensated', node_id: null },
      ...{ code: 'compensation.incomplete', message: null },
    }),
  ]);
  expect(await found()).toEqual([left.executionId]);
  const shown = async ({ executionId }: Story) => {
    const { status, compensation } = (await side.get(token, `/api/v1/executions/${executionId}`))
      .body;
    return [status, compensation];
  };
  expect(await shown(left)).toEqual(['cancelled', 'incomplete']);
  expect(await shown(undone)).toEqual(['cancelled', 'complete']);
  expect(await shown(underWay)).toEqual(['running', 'under_way']);
  await side.studio.happened(left, {
    type: 'DataErased',
    data: { executionId: left.executionId, keyId: left.keyId },
  });
  expect(await found()).toEqual([]);
});
