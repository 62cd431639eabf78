import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { listen } from '../fixtures/listener.ts';
import {
  type Answer,
  call,
  createStudio,
  newestCode,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { canvasNode, chain, edge, ended, save } from './canvas.ts';

/**
 * What the tests of the FastAPI studio assert of its API, in their order. Numbers that are missing
 * here are asserted elsewhere (7: tests/http/auth.int.test.ts) or decided otherwise (9: 401).
 */
let studio: StudioProcess;
let ada: Person;
let grace: Person;

beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  ada = await signIn(studio, 'ada@example.org');
  grace = await signIn(studio, 'grace@example.org');
});
afterAll(() => studio.remove());

const post = (path: string, body: unknown): Promise<Answer> =>
  call(studio.origin(), 'POST', path, { body });
const askCode = (email: string, more: object = { purpose: 'login' }) =>
  post('/auth/request-otp', { email, ...more });
const position = { x: 100, y: 100 };
const customerFlow = {
  name: 'Customer Support',
  description: 'Answers customers',
  nodes: [{ id: 'node1', type: 'agent', position, data: { label: 'Support Agent' } }],
  connections: [],
  tags: ['support', 'ai'],
};
const three = chain(
  canvasNode('a', 'manual-trigger'),
  canvasNode('b', 'noop'),
  canvasNode('c', 'noop'),
);

describe('the API of sign-in', () => {
  it('1 sends a code for a login', async () => {
    const { status, body } = await askCode('new@example.org');
    expect([status, body.success]).toEqual([200, true]);
    expect(body.message).toBe('OTP sent to email');
    expect(body.expires_in).toBeGreaterThan(0);
  });

  it('2, 3 refuses a malformed address and an unknown purpose', async () => {
    expect((await askCode('invalid-email')).status).toBe(422);
    expect((await askCode('new@example.org', { purpose: 'invalid' })).status).toBe(422);
  });

  it.each([
    ['4 a new', 'unheard-of@example.org'],
    ['5 a known', 'ada@example.org'],
  ])('%s person gets tokens for the right code', async (_, email) => {
    await askCode(email);
    const code = await newestCode(studio.dataDir);
    const { status, body } = await post('/auth/verify-otp', { email, code });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ access_token: expect.any(String), refresh_token: expect.any(String) },
      ...{ token_type: 'bearer', expires_in: 900, user: { email } },
    });
  });

  it('6 refuses a wrong code', async () => {
    await askCode('ada@example.org');
    const right = await newestCode(studio.dataDir);
    const code = right === '000000' ? '000001' : '000000';
    const { status, body } = await post('/auth/verify-otp', { email: 'ada@example.org', code });
    expect([status, body.detail]).toEqual([401, 'Invalid or expired OTP code']);
  });

  it('8, 10 shows and changes the own profile; null keeps', async () => {
    const changed = { full_name: 'Updated Name', avatar_url: 'https://example.org/avatar.jpg' };
    const { status, body } = await ada.call('PATCH', '/auth/me', changed);
    expect(status).toBe(200);
    expect(body).toMatchObject(changed);
    await ada.call('PATCH', '/auth/me', { full_name: null });
    expect((await ada.call('GET', '/auth/me')).body).toMatchObject({
      ...{ ...changed, email: 'ada@example.org' },
    });
  });

  it('11 ends a session', async () => {
    const leaving = await signIn(studio, 'leaving@example.org');
    const { status, body } = await leaving.call('POST', '/auth/logout');
    expect([status, body.text]).toEqual([204, '']);
    expect((await leaving.call('GET', '/auth/me')).status).toBe(401);
  });

  it('12 renews tokens, each time others', async () => {
    const email = 'renewing@example.org';
    await askCode(email);
    const code = await newestCode(studio.dataDir);
    const first = (await post('/auth/verify-otp', { email, code })).body;
    const { status, body } = await post('/auth/refresh', { refresh_token: first.refresh_token });
    expect(status).toBe(200);
    expect(body.access_token).not.toBe(first.access_token);
    expect(body.refresh_token).not.toBe(first.refresh_token);
  });

  it('43 takes no refresh token for an access token', async () => {
    const email = 'mistaken@example.org';
    await askCode(email);
    const code = await newestCode(studio.dataDir);
    const { refresh_token } = (await post('/auth/verify-otp', { email, code })).body;
    const headers = { authorization: `Bearer ${String(refresh_token)}` };
    expect((await call(studio.origin(), 'GET', '/auth/me', { headers })).status).toBe(401);
  });
});

describe('the API of workflows', () => {
  it('13, 15 saves a draft and shows it; tags are trimmed, in lower case, none empty', async () => {
    const given = { ...customerFlow, tags: [' Support ', 'AI', ' ', ''] };
    const { status, body } = await ada.call('POST', '/workflows', given);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ name: 'Customer Support', status: 'draft', version: 1, is_public: false },
      ...{ tags: ['support', 'ai'], nodes: [{ id: 'node1' }], parent_workflow_id: null },
    });
    expect({ ...(await ada.call('GET', `/workflows/${body.id}`)).body, warnings: [] }).toEqual(
      body,
    );
  });

  it('14, 21 lists workflows, ten at a time, and finds them by a part of their name', async () => {
    await save(ada, customerFlow);
    await save(ada, { ...customerFlow, name: 'Elsewhere', description: 'For any CUSTOMER' });
    const { status, body } = await ada.call('GET', '/workflows');
    expect([status, body.limit, body.offset]).toEqual([200, 10, 0]);
    expect(body.total).toBeGreaterThanOrEqual(2);
    expect(body.items.length).toBeGreaterThanOrEqual(2);
    const found = (await ada.call('GET', '/workflows?query=cUSTOMER')).body;
    const names = found.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['Customer Support', 'Elsewhere']));
    expect(found.total).toBe(names.length);
  });

  it('16 changes what is given; an empty list of tags empties', async () => {
    const id = await save(ada, customerFlow);
    const changes = { name: 'Updated', description: 'Other', tags: ['updated', 'test'] };
    const { status, body } = await ada.call('PUT', `/workflows/${id}`, changes);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...changes, version: 2, nodes: [{ id: 'node1' }] });
    const emptied = await ada.call('PUT', `/workflows/${id}`, { tags: [], description: null });
    expect(emptied.body).toMatchObject({ tags: [], description: null, name: 'Updated' });
  });

  it('17 deletes', async () => {
    const id = await save(ada, customerFlow);
    expect((await ada.call('DELETE', `/workflows/${id}`)).status).toBe(204);
    const { status, body } = await ada.call('GET', `/workflows/${id}`);
    expect([status, body.detail]).toEqual([404, 'Workflow not found']);
  });

  it('18 publishes', async () => {
    const id = await save(ada, three);
    const path = `/workflows/${id}/status`;
    const { status, body } = await ada.call('PATCH', path, { status: 'published' });
    expect([status, body.status]).toEqual([200, 'published']);
    expect((await ada.call('PATCH', path, { status: 'invented' })).status).toBe(422);
  });

  it('19 copies, under a name of its own or that of the copied one', async () => {
    const id = await save(ada, customerFlow);
    const copy = (body?: object) => ada.call('POST', `/workflows/${id}/duplicate`, body);
    const named = await copy({ name: 'Duplicated' });
    expect(named.status).toBe(201);
    expect(named.body).toMatchObject({
      ...{ name: 'Duplicated', status: 'draft', version: 1, is_public: false },
      ...{ parent_workflow_id: id, nodes: customerFlow.nodes },
    });
    expect((await copy()).body.name).toBe('Customer Support (Copy)');
  });

  it('20 warns of a node that nothing leads to', async () => {
    const loose = { nodes: three.nodes, connections: [edge('a', 'b')] };
    const id = await save(ada, loose);
    const { status, body } = await ada.call('POST', `/workflows/${id}/validate`);
    expect([status, body]).toEqual([
      200,
      { is_valid: true, errors: [], warnings: ['Disconnected nodes found: c'] },
    ]);
    const empty = await ada.call('POST', `/workflows/${await save(ada, {})}/validate`);
    expect(empty.body).toMatchObject({ is_valid: true, warnings: ['Workflow has no nodes'] });
  });

  it.each([
    ['49 three', three.nodes, [edge('a', 'b'), edge('b', 'c'), edge('c', 'a')]],
    ['54 two', three.nodes.slice(0, 2), [edge('a', 'b'), edge('b', 'a')]],
  ])('%s nodes in a ring are no workflow to run', async (_, nodes, connections) => {
    const id = await save(ada, { nodes, connections });
    const { body } = await ada.call('POST', `/workflows/${id}/validate`);
    expect(body.is_valid).toBe(false);
    expect(body.errors.join()).toContain('Cycle detected');
    const refused = await ada.call('POST', '/executions', { workflow_id: id });
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toMatch(/^Workflow validation failed: .*Cycle detected/);
  });

  it.each([
    ['78 node ids twice', { nodes: [three.nodes[0], three.nodes[0]] }, 'Duplicate node IDs'],
    ['79 an absent end', { ...three, connections: [edge('a', 'x')] }, 'not found in nodes'],
  ])('%s cannot be saved', async (_, graph, reason) => {
    const { status, body } = await ada.call('POST', '/workflows', { name: 'Wrong', ...graph });
    expect([status, body.detail]).toEqual([400, expect.stringContaining(reason)]);
    expect(body.detail).toMatch(/^Invalid workflow structure: /);
  });

  it('22 hides what is private', async () => {
    const id = await save(ada, customerFlow);
    const { status, body } = await grace.call('GET', `/workflows/${id}`);
    expect([status, body.detail]).toEqual([404, 'Workflow not found']);
  });
});

describe('the API of executions', () => {
  const startBy = (workflowId: string, body: object) =>
    ada.call('POST', `/workflows/${workflowId}/executions`, body);
  const completed = async (): Promise<{ id: string; workflowId: string }> => {
    const workflowId = await save(ada, three);
    const { body } = await startBy(workflowId, { input_data: { message: 'Hello' } });
    await ended(ada, body.id);
    return { id: String(body.id), workflowId };
  };

  it('23 starts a run', async () => {
    const asked = { input_data: { message: 'Test' }, context: { user: 'x' }, priority: 5 };
    const { status, body } = await startBy(await save(ada, three), asked);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ ...asked, status: 'pending', total_nodes: 3, max_retries: 3, retry_count: 0 },
      ...{ completed_nodes: 0, failed_nodes: 0, progress_percentage: 0, output_data: {} },
    });
    expect((await ada.call('GET', `/executions/${body.id}`)).body).toMatchObject(asked);
  });

  it('24, 27, 28 lists runs, a hundred at a time, by status and by workflow', async () => {
    const { id, workflowId } = await completed();
    const failing = await save(ada, chain(canvasNode('a', 'transform', { expression: '$x(' })));
    expect((await startBy(failing, {})).status).toBe(400);
    const list = async (query = '') => (await ada.call('GET', `/executions${query}`)).body;
    await completed();
    const all = await list();
    expect(all.limit).toBe(100);
    expect(all.total).toBeGreaterThanOrEqual(2);
    expect(all.items).toHaveLength(all.total);
    const done = await list('?status=completed');
    expect(new Set(done.items.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['completed']),
    );
    const ofOne = await list(`?workflow_id=${workflowId}`);
    expect([ofOne.total, ofOne.items.map((run: { id: string }) => run.id)]).toEqual([1, [id]]);
    const malformed = await ada.call('GET', '/executions?workflow_id=x');
    expect([malformed.status, malformed.body.detail]).toEqual([400, 'Invalid workflow ID format']);
  });

  it('25, 29 shows a run, and its log in order', async () => {
    const { id } = await completed();
    const { status, body } = await ada.call('GET', `/executions/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, status: 'completed', progress_percentage: 100 });
    const { body: entries } = await ada.call('GET', `/executions/${id}/logs`);
    expect(entries).toEqual(body.execution_log);
    expect(entries[0]).toMatchObject({ level: 'info', timestamp: expect.stringMatching(/Z$/) });
    expect(entries.map(({ message }: { message: string }) => message)).toEqual([
      ...['Execution created: Workflow (manual)', 'a completed', 'b started', 'b completed'],
      ...['c started', 'c completed', 'Execution completed'],
    ]);
  });

  it('26 cancels a run that is running, and no other', async () => {
    const long = await save(ada, chain(canvasNode('a', 'delay', { durationMs: 3_600_000 })));
    const { body: run } = await startBy(long, {});
    const cancel = () => ada.call('POST', `/executions/${String(run.id)}/cancel`);
    const { status, body } = await cancel();
    expect([status, body]).toEqual([
      200,
      {
        ...{ success: true, message: 'Execution cancelled successfully' },
        ...{ execution_id: run.id, status: 'cancelled' },
      },
    ]);
    const shown = (await ada.call('GET', `/executions/${String(run.id)}`)).body;
    expect(shown).toMatchObject({
      ...{ status: 'cancelled', completed_at: expect.any(String) },
      node_executions: [{ status: 'cancelled' }],
    });
    const again = await cancel();
    expect([again.status, again.body.detail]).toEqual([
      400,
      'Cannot cancel execution with status: cancelled',
    ]);
  });

  it('30 hides the runs of others', async () => {
    const { id } = await completed();
    const { status, body } = await grace.call('GET', `/executions/${id}`);
    expect([status, body.detail]).toEqual([404, 'Execution not found']);
  });

  it('52, 53 begins a node when its parents are done: a diamond', async () => {
    const ids = ['top', 'left', 'right', 'end'];
    const nodes = ids.map((id) => canvasNode(id, id === 'end' ? 'merge' : 'noop'));
    const connections = [
      ...[edge('top', 'left'), edge('top', 'right'), edge('left', 'end'), edge('right', 'end')],
    ];
    const { body: started } = await startBy(await save(ada, { nodes, connections }), {});
    const run = await ended(ada, String(started.id));
    const order = run.node_executions.map(({ node_id }: { node_id: string }) => node_id);
    expect([order[0], order[3], order.toSorted()]).toEqual(['top', 'end', ids.toSorted()]);
    const end = run.node_executions[3];
    const path = `/executions/${String(started.id)}/nodes/${String(end.id)}`;
    const { body: detail } = await ada.call('GET', path);
    expect(detail.parent_node_ids.toSorted()).toEqual(['left', 'right']);
    const top = `/executions/${String(started.id)}/nodes/${String(run.node_executions[0].id)}`;
    expect((await ada.call('GET', top)).body.child_node_ids.toSorted()).toEqual(['left', 'right']);
  });
});

describe('sockets', () => {
  it('31 to 35 are counted for the person who has them, with rooms by kind and id', async () => {
    const none = await ada.call('GET', '/ws/stats');
    expect([none.status, none.body]).toEqual([
      200,
      { total_connections: 0, user_connections: 0, active_rooms: 0 },
    ]);
    const { body: me } = await ada.call('GET', '/auth/me');
    const origin = studio.origin().replace('http', 'ws');
    const listener = listen(`${origin}/api/v1/ws`, ['bearer', ada.token]);
    await listener.until(({ type }) => type === 'subscription');
    const { body: stats } = await ada.call('GET', '/ws/stats');
    expect(stats).toMatchObject({ total_connections: 1, active_rooms: 1 });
    const rooms = await ada.call('GET', '/ws/rooms');
    expect([rooms.status, rooms.body]).toEqual([
      200,
      { active_rooms: [`user:${String(me.id)}`], total_rooms: 1 },
    ]);
    expect((await grace.call('GET', '/ws/rooms')).body.total_rooms).toBe(0);
    listener.socket.close();
  });
});
