import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { call, createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { until } from '../http/until.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';

let studio: StudioProcess;
let person: Person;
let workflowId: string;

beforeAll(async () => {
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  const wait = canvasNode('wait', 'wait-for-event', { signal: 'paid', callback: true });
  workflowId = await save(person, chain(canvasNode('begin', 'manual-trigger'), wait));
});
afterAll(() => studio.remove());

const read = async (id: string) => (await person.call('GET', `/executions/${id}`)).body;
const waiting = async (): Promise<string> => {
  const id = await start(person, workflowId);
  await until(async () => (await read(id)).waiting_reason === 'signal');
  return id;
};
const send = (id: string, payload: unknown, key?: string) =>
  person.call(
    'POST',
    `/executions/${id}/signals/paid`,
    { payload },
    key === undefined ? {} : { 'Idempotency-Key': key },
  );
const callbackOf = async (id: string): Promise<string> => {
  const { body } = await person.call('GET', `/executions/${id}/nodes`);
  const row = body.find(({ node_id }: { node_id: string }) => node_id === 'wait');
  expect(row.status).toBe('awaiting_signal');
  return String(row.callback_path);
};
const answer = (path: string, body: unknown) =>
  call(studio.origin(), 'POST', path.replace('/api/v1', ''), { body });

it('goes on with a signal, which is sent once under its key', async () => {
  const id = await waiting();
  const first = await send(id, { sum: 7 }, 'once');
  expect([first.status, first.body.message]).toEqual([202, 'Signal received']);
  expect((await send(id, { sum: 7 }, 'once')).body).toEqual(first.body);
  expect((await ended(person, id)).output_data).toEqual({ sum: 7 });
  expect((await send(id, { sum: 7 }, 'once')).status).toBe(202);
  const other = await send(id, { sum: 8 }, 'once');
  expect([other.status, other.body.code]).toEqual([422, 'request.idempotency_key_reused']);
  const late = await send(id, { sum: 9 });
  expect([late.status, late.body.code]).toEqual([400, 'signal.run_ended']);
});

it('starts another workflow by its end, once, also when the studio was killed right after it', async () => {
  const begin = canvasNode('begin', 'event-trigger', { workflowIds: [workflowId] });
  const say = canvasNode('say', 'transform', { expression: 'trigger.output.sum * 2' });
  const target = await save(person, chain(begin, say));
  const status = { status: 'published' };
  expect((await person.call('PATCH', `/workflows/${target}/status`, status)).status).toBe(200);
  const ids = [await waiting(), await waiting()];
  for (const id of ids) await send(id, { sum: 4 });
  await studio.kill();
  await studio.start();
  const started = async () =>
    (await person.call('GET', `/executions?workflow_id=${target}`)).body.items;
  for (const id of ids) await ended(person, id);
  await until(async () => (await started()).length >= ids.length);
  const runs = await Promise.all(
    (await started()).map(({ id }: { id: string }) => ended(person, id)),
  );
  expect(runs.map(({ trigger_type, output_data }) => [trigger_type, output_data])).toEqual([
    ...[
      ['event', 8],
      ['event', 8],
    ],
  ]);
  expect(runs.map(({ trigger_data }) => trigger_data.execution_id).sort()).toEqual(ids.sort());
  const { body } = await person.call('GET', `/workflows/${target}/triggers`);
  expect(body.triggers).toMatchObject([{ node_id: 'begin', outcomes: ['completed'] }]);
});

it('is answered by its callback, once, also when the studio was killed meanwhile', async () => {
  const id = await waiting();
  const path = await callbackOf(id);
  await studio.kill();
  await studio.start();
  expect(await callbackOf(id)).toBe(path);
  const answered = await answer(path, { approved: true });
  expect([answered.status, answered.body.success]).toEqual([202, true]);
  expect((await ended(person, id)).output_data).toEqual({ approved: true });
  const again = await answer(path, { approved: false });
  expect([again.status, again.body.code]).toEqual([409, 'callback.used']);
});

it('reaches an execution that another one waits for, through a kill, and both are seen to belong together', async () => {
  await person.call('PATCH', `/workflows/${workflowId}/status`, { status: 'published' });
  const sub = canvasNode('sub', 'sub-workflow', { workflowId, input: { order: 7 } });
  const id = await start(
    person,
    await save(person, chain(canvasNode('begin', 'manual-trigger'), sub)),
  );
  const childOf = async () => {
    const { body } = await person.call('GET', `/executions/${id}/nodes`);
    const row = body.find(({ node_id }: { node_id: string }) => node_id === 'sub');
    return { child: row?.child_execution_id, status: row?.status };
  };
  await until(async () => (await read(id)).waiting_reason === 'child');
  const { child, status } = await childOf();
  expect(status).toBe('awaiting_child');
  await until(async () => (await read(child)).waiting_reason === 'signal');
  expect(await read(child)).toMatchObject({
    ...{ parent_execution_id: id, trigger_type: 'sub_workflow', trigger_data: { order: 7 } },
  });
  await studio.kill();
  await studio.start();
  expect((await send(child, { sum: 1 })).status).toBe(202);
  const { output_data, parent_execution_id } = await ended(person, id);
  expect({ output_data, parent_execution_id }).toEqual({
    ...{ output_data: { sum: 1 }, parent_execution_id: null },
  });
});

it('tells who comes too late that nobody waits any more', async () => {
  const id = await waiting();
  const path = await callbackOf(id);
  await send(id, 1);
  await ended(person, id);
  const late = await answer(path, {});
  expect([late.status, late.body.code]).toEqual([409, 'callback.expired']);
});

it('takes no callback that it did not make', async () => {
  const path = await callbackOf(await waiting());
  const [head, middle, tail] = [path.slice(0, -20), path.at(-20), path.slice(-19)];
  for (const forged of [`${head}${middle === 'A' ? 'B' : 'A'}${tail}`, '/api/v1/callbacks/none']) {
    const { status, body } = await answer(forged, {});
    expect([status, body.code]).toEqual([404, 'callback.not_found']);
  }
});

it.each([
  ['no name', 'a%20b', 422],
  ['a name that is too long', 'a'.repeat(201), 422],
])('refuses %s', async (_, name, status) => {
  const id = await waiting();
  const refused = await person.call('POST', `/executions/${id}/signals/${name}`, {});
  expect(refused.status).toBe(status);
});

it('takes signals of those alone who may give the run orders', async () => {
  const id = await waiting();
  const stranger = await signIn(studio, 'grace@example.org');
  const { status } = await stranger.call('POST', `/executions/${id}/signals/paid`, {});
  expect(status).toBe(404);
});

it('takes an approval by a one-time link, and decides nothing when it is looked at', async () => {
  const config = { title: 'Pay <b>{{ trigger.sum }}</b>?', quorum: 1 };
  const graph = chain(canvasNode('begin', 'manual-trigger'), canvasNode('ask', 'approval', config));
  const id = await start(person, await save(person, graph), { sum: 7 });
  await until(async () => (await read(id)).waiting_reason === 'approval');
  const { body: facts } = await person.call('GET', `/executions/${id}/events`);
  const [{ revision }] = facts.items.filter(
    ({ type }: { type: string }) => type === 'ApprovalRequested',
  );
  const approval = `${id}.${revision}`;
  const shown = async () => (await person.call('GET', `/approvals/${approval}`)).body;
  const { links } = await shown();
  const visit = (path: string, method: string, accept = 'text/html') =>
    fetch(`${studio.origin()}${path}`, { method, headers: { accept } });

  for (const method of ['GET', 'HEAD', 'GET'])
    expect((await visit(links.approve, method)).status).toBe(200);
  const html = await (await visit(links.approve, 'GET')).text();
  expect(html).toContain('Pay &lt;b&gt;7&lt;/b&gt;?');
  expect((await shown()).status).toBe('pending');

  const [, action = ''] = /<form method="post" action="(\?seen=[0-9a-f]{64})">/.exec(html) ?? [];
  const stale = await visit(`${links.approve}?seen=${'0'.repeat(64)}`, 'POST', '*/*');
  expect([stale.status, await stale.json()]).toMatchObject([400, { code: 'approval.changed' }]);
  const done = await visit(`${links.approve}${action}`, 'POST');
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('on record')]);
  expect((await ended(person, id)).output_data).toMatchObject({
    ...{ decision: 'approved', answers: [{ via: 'link', decision: 'approve' }] },
  });
  expect(await shown()).not.toHaveProperty('links');

  for (const path of [links.approve, links.reject]) {
    const again = await visit(path, 'POST', 'application/json');
    expect([again.status, await again.json()]).toMatchObject([410, { code: 'approval.link_used' }]);
    expect((await visit(path, 'GET')).status).toBe(410);
  }
  const forged = await visit(`${links.approve.slice(0, -4)}AAAA`, 'POST');
  expect([forged.status, forged.headers.get('content-type')]).toEqual([
    ...[404, 'text/html; charset=utf-8'],
  ]);
});
