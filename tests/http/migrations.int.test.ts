import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type ExecutionCommand, type ExecutionId, executionStream } from '@studio/contracts';
import { handle, load, run } from '@studio/domain';
import { createPatience, newId, systemClock } from '@studio/infra';
import { type Projectors, startProjectors } from '@studio/projectors';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let projectors: Projectors;
let ada: SignedIn;
let workflowId: string;

const node = (id: string, expression = '1') => ({
  ...{ id, type: 'action', title: id, position: { x: 0, y: 0 } },
  data: { kind: 'transform', config: { expression } },
});
const line = (...ids: string[]) => ({
  nodes: ids.map((id) => node(id)),
  connections: ids.slice(1).map((target, index) => ({ source: ids[index], target })),
});

beforeAll(async () => {
  studio = await startWriteSide();
  const { pool, log } = studio;
  projectors = await startProjectors({ pool, log, onTrouble: () => undefined });
  ada = await studio.signIn('ada@example.org');
});
afterAll(async () => {
  await projectors.stop();
  await studio.stop();
});
beforeEach(async () => {
  const { body } = await ada.call('POST', '/workflows', { name: 'W', ...line('a', 'b') });
  workflowId = String(body.id);
});

const streamOf = (id: string) => executionStream(id as ExecutionId); // ids of runs that were started
const stateOf = async (id: string) => (await load(studio.log, run, streamOf(id))).state;

/** As the executor would. */
const give = async (id: string, command: ExecutionCommand): Promise<void> => {
  await handle({ log: studio.log, newId, patience: createPatience() }, run, {
    ...{ stream: streamOf(id), command, keys: ({ keyId }) => ({ run: keyId }) },
    cause: {
      ...{ correlationId: 'test', causationId: 'test', commandId: 'test' },
      ...{ actor: { kind: 'executor', id: 'test' }, workspaceId: ada.workspaceId },
      occurredAt: systemClock(),
    },
  });
};
const complete = (instanceId: string): ExecutionCommand => ({
  type: 'CompletePureNode',
  data: { instanceId, handle: 'output', output: `by ${instanceId}` },
});

const begun = async (): Promise<string> => {
  const { body } = await ada.call('POST', '/executions', { workflow_id: workflowId });
  await give(String(body.id), complete('a'));
  return String(body.id);
};
const saveAs = async (graph: object): Promise<void> => {
  expect((await ada.call('PUT', `/workflows/${workflowId}`, graph)).status).toBe(200);
};
/** Resolves once the rows, by which runs are found, know everything. */
const level = async (): Promise<void> => {
  expect(await projectors.waitFor('executions', await studio.log.lastPosition(), 60_000)).toBe(
    true,
  );
};
const migrate = async (asked: object, by: SignedIn = ada) => {
  await level();
  const path = `/workflows/${workflowId}/migrations`;
  const { status, body } = await by.call('POST', path, { to_version: 2, ...asked });
  return { status, body };
};

it('tells what would be and changes nothing, and then has each run go by the other version', async () => {
  const runs = [await begun(), await begun()];
  await saveAs(line('a', 'b', 'c'));
  const dry = await migrate({});
  const migratable = { from_version: 1, outcome: 'migratable', obstacles: [] };
  expect(dry).toEqual({
    status: 200,
    body: {
      ...{ dry_run: true, workflow_id: workflowId, to_version: 2, next: null },
      runs: runs.map((execution_id) => ({ execution_id, ...migratable })),
    },
  });
  expect(await Promise.all(runs.map(stateOf))).toMatchObject([
    { workflowVersion: 1 },
    { workflowVersion: 1 },
  ]);
  const { body } = await migrate({ dry_run: false });
  expect(body.runs).toMatchObject([{ outcome: 'migrated' }, { outcome: 'migrated' }]);
  const [first = ''] = runs;
  const state = await stateOf(first);
  expect(state.workflowVersion).toBe(2);
  expect(state.instances.get('a')).toMatchObject({ status: 'completed', output: 'by a' });
  expect((await migrate({ dry_run: false })).body.runs).toEqual([]);
  const named = await migrate({ dry_run: false, execution_ids: runs });
  expect(named.body.runs).toMatchObject([{ outcome: 'already' }, { outcome: 'already' }]);
  for (const id of ['b', 'c']) await give(first, complete(id));
  expect(await stateOf(first)).toMatchObject({ status: 'completed', output: 'by c' });
});

it('says of each run all that keeps it from going by the other version, and leaves it as it is', async () => {
  const id = await begun();
  const before = await stateOf(id);
  await saveAs(line('z', 'a'));
  const { body } = await migrate({ dry_run: false });
  expect(body.runs).toMatchObject([
    {
      ...{ execution_id: id, from_version: 1, outcome: 'refused' },
      obstacles: [
        { code: 'node.inputs_changed', node_id: 'a' },
        { code: 'node.not_mapped', node_id: 'b' },
      ],
    },
  ]);
  expect(await stateOf(id)).toEqual(before);
});

it('goes by the map for nodes that have not begun', async () => {
  const id = await begun();
  await saveAs(line('a', 'better'));
  expect((await migrate({})).body.runs).toMatchObject([
    { outcome: 'refused', obstacles: [{ code: 'node.not_mapped', node_id: 'b' }] },
  ]);
  const { body } = await migrate({ dry_run: false, node_map: { b: 'better' } });
  expect(body.runs).toMatchObject([{ outcome: 'migrated' }]);
  await give(id, complete('better'));
  expect(await stateOf(id)).toMatchObject({ status: 'completed', output: 'by better' });
});

it('does so many runs at once, the oldest first, and says where to go on', async () => {
  const runs = [await begun(), await begun(), await begun()];
  await saveAs(line('a', 'b', 'c'));
  const first = (await migrate({ limit: 2 })).body;
  expect(first).toMatchObject({ next: runs[1], runs: [{}, {}] });
  const second = (await migrate({ limit: 2, after: first.next })).body;
  expect(second).toMatchObject({ next: null, runs: [{ execution_id: runs[2] }] });
  expect((await migrate({ from_versions: [7] })).body.runs).toEqual([]);
});

it('says of runs that were named that they have ended, go by another version, or are none of the workflow', async () => {
  const ended = await begun();
  await give(ended, complete('b'));
  const open = await begun();
  const stranger = newId();
  await saveAs(line('a', 'b', 'c'));
  const asked = { execution_ids: [ended, open, stranger], from_versions: [7] };
  const { body } = await migrate({ ...asked, dry_run: false });
  expect(body.runs).toMatchObject([
    { execution_id: ended, outcome: 'refused', obstacles: [{ code: 'run.ended' }] },
    { execution_id: open, outcome: 'refused', obstacles: [{ code: 'run.other_version' }] },
    {
      ...{ execution_id: stranger, from_version: null, outcome: 'refused' },
      obstacles: [{ code: 'run.not_found' }],
    },
  ]);
});

it('is on record in the rows: the version, how many nodes there are, and which fact brought them', async () => {
  const id = await begun();
  await saveAs(line('a', 'b', 'c'));
  await migrate({ dry_run: false });
  await level();
  const { rows } = await studio.pool.query(
    'select workflow_version, total_nodes, completed_nodes, definition_revision from read.executions where id = $1',
    [id],
  );
  expect(rows).toMatchObject([
    { workflow_version: 2, total_nodes: 3, completed_nodes: '1', definition_revision: 2 },
  ]);
});

it('is for who may edit the workflow', async () => {
  const id = await begun();
  await saveAs(line('a', 'b', 'c'));
  const grace = await studio.signIn('grace@example.org');
  expect((await migrate({ dry_run: false }, grace)).status).toBe(404);
  expect(await stateOf(id)).toMatchObject({ workflowVersion: 1 });
});

it.each<[string, object, number, string]>([
  ['a version that is not there', { to_version: 9 }, 404, 'workflow.version_not_found'],
  ['no version', { to_version: undefined }, 422, 'to_version'],
  ['a filter that is not known', { form_versions: [1] }, 422, 'form_versions'],
  ['a map that is none', { node_map: { b: 7 } }, 422, 'node_map'],
  ['a malformed run', { execution_ids: ['x'] }, 422, 'execution_ids'],
  [
    'named runs and a place to go on from',
    { execution_ids: [newId()], after: newId() },
    422,
    'after',
  ],
  ['a limit beyond 100', { limit: 101 }, 422, 'limit'],
])('refuses %s', async (_, asked, status, named) => {
  const answer = await migrate(asked);
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([
    status,
    expect.stringContaining(named),
  ]);
});
