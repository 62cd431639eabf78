import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@studio/infra';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let ada: SignedIn;
let grace: SignedIn;
beforeAll(async () => {
  studio = await startWriteSide();
  ada = await studio.signIn('ada@example.org');
  grace = await studio.signIn('grace@example.org');
});
afterAll(() => studio.stop());

const position = { x: 0, y: 0 };
const node = (id: string, kind: string, config: object = {}) => ({
  ...{ id, type: 'action', position, data: { kind, config } },
});
const graph = {
  name: 'Mail',
  nodes: [node('a', 'noop'), node('b', 'noop')],
  connections: [{ source: 'a', target: 'b' }],
  tags: ['post'],
};
const create = async (body: object = {}): Promise<string> =>
  String((await ada.call('POST', '/workflows', { ...graph, ...body })).body.id);
const notFound = [404, 'Workflow not found or access denied'];
const events = async () => (await studio.log.lastPosition()).toString();

describe('PATCH /workflows/{id}/status', () => {
  it('goes from any status to any other, and keeps the version', async () => {
    const id = await create();
    for (const status of ['published', 'archived', 'published', 'draft']) {
      const answer = await ada.call('PATCH', `/workflows/${id}/status`, { status });
      expect([answer.status, answer.body.status, answer.body.version]).toEqual([200, status, 1]);
    }
    const { body } = await ada.call('PUT', `/workflows/${id}`, { name: 'Post' });
    expect([body.status, body.version]).toEqual(['draft', 2]);
  });

  it('refuses to publish an unknown kind, and names the node', async () => {
    const id = await create({ nodes: [node('odd', 'teleport')], connections: [] });
    const before = await events();
    const answer = await ada.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
    expect([answer.status, answer.body.code]).toEqual([400, 'workflow.unknown_kind']);
    expect(answer.body.detail).toContain("'odd' has the unknown kind 'teleport'");
    expect(await events()).toBe(before);
    expect(
      (await ada.call('PATCH', `/workflows/${id}/status`, { status: 'archived' })).status,
    ).toBe(200);
  });

  it('refuses other statuses, and strangers', async () => {
    const id = await create({ is_public: true });
    const patch = (who: SignedIn, status: string) =>
      who.call('PATCH', `/workflows/${id}/status`, { status });
    expect((await patch(ada, 'gone')).status).toBe(422);
    const foreign = await patch(grace, 'published');
    expect([foreign.status, foreign.body.detail]).toEqual(notFound);
  });
});

describe('the event triggers of a workflow', () => {
  const watching = (config: object) =>
    create({ nodes: [node('begin', 'event-trigger', config)], connections: [] });
  const publish = (id: string, status = 'published') =>
    ada.call('PATCH', `/workflows/${id}/status`, { status });
  const shown = async (id: string) => (await ada.call('GET', `/workflows/${id}/triggers`)).body;

  it('are set when it is published, and only then', async () => {
    const other = newId();
    const id = await watching({ workflowIds: [other, other.toUpperCase()], outcomes: ['failed'] });
    expect(await shown(id)).toEqual({ workflow_id: id, published_version: null, triggers: [] });
    expect((await publish(id)).status).toBe(200);
    expect(await shown(id)).toMatchObject({
      published_version: 1,
      triggers: [
        {
          ...{ node_id: 'begin', workflow_ids: [other], outcomes: ['failed'] },
          ...{ expression: null, set_by: ada.userId, last_skipped: null },
        },
      ],
    });
    await publish(id, 'archived');
    expect(await shown(id)).toMatchObject({ published_version: null, triggers: [] });
    expect((await grace.call('GET', `/workflows/${id}/triggers`)).status).toBe(404);
  });

  it.each([
    [{ outcomes: ['done'] }, 'outcomes.0'],
    [{ outcomes: [] }, 'outcomes'],
    [{ workflowIds: ['all'] }, 'workflowIds.0'],
    [{ expression: 'trigger.' }, 'expression'],
  ])('that cannot be set are not published: %j', async (config, why) => {
    const id = await watching(config);
    const checked = await ada.call('POST', `/workflows/${id}/validate`);
    expect([...checked.body.warnings, ...checked.body.errors].join()).toContain("'begin'");
    const before = await events();
    const { status, body } = await publish(id);
    expect([status, body.code]).toEqual([400, 'trigger.invalid']);
    expect(body.detail).toMatch(new RegExp(`'begin'.*${why}`, 'i'));
    expect(await events()).toBe(before);
  });

  it('never mean its own executions', async () => {
    const id = await create();
    const config = { workflowIds: [id] };
    await ada.call('PUT', `/workflows/${id}`, {
      ...{ nodes: [node('begin', 'event-trigger', config)], connections: [] },
    });
    const { status, body } = await publish(id);
    expect([status, body.code]).toEqual([400, 'trigger.invalid']);
    expect(body.detail).toContain('its own');
  });
});

describe('DELETE /workflows/{id}', () => {
  it('takes it away once', async () => {
    const id = await create();
    const first = await ada.call('DELETE', `/workflows/${id}`);
    expect([first.status, first.body.text]).toEqual([204, '']);
    expect(first.headers.get('studio-position')).toMatch(/:\d+$/);
    const again = await ada.call('DELETE', `/workflows/${id}`);
    expect([again.status, again.body.detail]).toEqual(notFound);
    for (const [method, path, body] of [
      ['PUT', '', { name: 'Back' }],
      ['PATCH', '/status', { status: 'draft' }],
      ['POST', '/duplicate', {}],
      ['POST', '/validate', undefined],
      ['POST', '/executions', {}],
    ] as const)
      expect((await ada.call(method, `/workflows/${id}${path}`, body)).status).toBe(404);
    const start = await ada.call('POST', '/executions', { workflow_id: id });
    expect(start.status).toBe(404);
  });

  it('is not for strangers, also where everybody may look', async () => {
    const id = await create({ is_public: true });
    expect((await grace.call('DELETE', `/workflows/${id}`)).status).toBe(404);
    expect((await ada.call('PUT', `/workflows/${id}`, { name: 'Still there' })).status).toBe(200);
  });
});

describe('POST /workflows/{id}/duplicate', () => {
  it('makes a private draft of version 1 that knows its source', async () => {
    const id = await create({ is_public: true });
    await ada.call('PUT', `/workflows/${id}`, { name: 'Post' });
    await ada.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
    const { status, body, headers } = await ada.call('POST', `/workflows/${id}/duplicate`);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ name: 'Post (Copy)', status: 'draft', is_public: false, version: 1 },
      ...{ parent_workflow_id: id, nodes: graph.nodes, connections: graph.connections },
      ...{ tags: ['post'], user_id: ada.userId },
    });
    expect(body.id).not.toBe(id);
    expect(headers.get('location')).toBe(`/api/v1/workflows/${body.id}`);
    const named = await ada.call('POST', `/workflows/${id}/duplicate`, {
      ...{ name: 'Mine', copy_agents: true },
    });
    expect([named.status, named.body.name]).toEqual([201, 'Mine']);
  });

  it('lets everybody copy what is public, into their own workspace', async () => {
    const open = await create({ is_public: true });
    const closed = await create();
    const copy = await grace.call('POST', `/workflows/${open}/duplicate`);
    expect(copy.body).toMatchObject({ user_id: grace.userId, workspace_id: grace.workspaceId });
    const refused = await grace.call('POST', `/workflows/${closed}/duplicate`);
    expect([refused.status, refused.body.detail]).toEqual(notFound);
  });

  it('keeps a copied name within its bounds, and no half of a character', async () => {
    const id = await create({ name: `${'x'.repeat(247)}\u{1f600}${'y'.repeat(6)}` });
    const { status, body } = await ada.call('POST', `/workflows/${id}/duplicate`);
    expect([status, body.name]).toEqual([201, `${'x'.repeat(247)} (Copy)`]);
  });

  it('copies once under an Idempotency-Key', async () => {
    const id = await create();
    const copy = () =>
      ada.call('POST', `/workflows/${id}/duplicate`, {}, { 'Idempotency-Key': 'copy-1' });
    const [one, two] = await Promise.all([copy(), copy()]);
    expect(two.body).toEqual(one.body);
  });
});

describe('POST /workflows/{id}/validate', () => {
  const validate = async (body: object) => {
    const answer = await ada.call('POST', `/workflows/${await create(body)}/validate`);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('finds nothing in a sound one', async () => {
    expect(await validate({})).toEqual({ is_valid: true, errors: [], warnings: [] });
  });

  it('warns of what is only begun', async () => {
    expect(await validate({ nodes: [], connections: [] })).toEqual({
      ...{ is_valid: true, errors: [], warnings: ['Workflow has no nodes'] },
    });
    expect(await validate({ nodes: [...graph.nodes, node('c', 'teleport')] })).toEqual({
      ...{ is_valid: true, errors: [] },
      warnings: ['Disconnected nodes found: c', "Node 'c' has the unknown kind 'teleport'"],
    });
  });

  it('warns of tools and sub-agents that an agent will not have, also on saving', async () => {
    const agent = (id: string, data: object) => ({
      ...{ id, type: 'agent', title: 'Specialized Agent', position: { x: 0, y: 0 }, data },
    });
    const idle = { permissions: { mode: 'default' }, memory: { enabled: true } };
    const nodes = [
      agent('a', { ...idle, tools: ['web_search'], subAgentConfigs: [{ id: 'helper' }] }),
      agent('b', { ...idle, tools: [], subAgents: [] }),
      agent('c', { config: { tools: ['web_reader'] } }),
    ];
    const warning = (id: string, what: string) =>
      `Node '${id}' runs without its ${what}: this studio has none yet`;
    const warnings = [warning('a', 'tools and sub-agents'), warning('c', 'tools')];
    const saved = await ada.call('POST', '/workflows', { name: 'Agents', nodes, connections: [] });
    expect([saved.status, saved.body.warnings]).toEqual([201, warnings]);
    const at = `/workflows/${saved.body.id}`;
    const added = { name: 'B', type: 'agent', node_id: 'b', tools: ['web_search'] };
    await ada.call('POST', `/agents?workflow_id=${saved.body.id}`, added);
    const found = await ada.call('POST', `${at}/validate`);
    expect(found.body.warnings).toEqual([warnings[0], warning('b', 'tools'), warnings[1]]);
  });

  it('warns of a policy that cannot be read', async () => {
    const data = { kind: 'noop', retry: { maxRetries: 'three' }, config: { onInDoubt: 'pray' } };
    const read = { kind: 'noop', retry: { maxRetries: 1, delaysMs: [5] }, onInDoubt: '' };
    const nodes = [
      { ...node('a', 'noop'), data },
      { ...node('b', 'noop'), data: read },
    ];
    expect((await validate({ nodes })).warnings).toEqual([
      "Node 'a': its 'retry' cannot be read and counts as not written",
      "Node 'a': its 'onInDoubt' cannot be read and counts as not written",
    ]);
  });

  it('tells what cannot run', async () => {
    const ring = [...graph.connections, { source: 'b', target: 'a' }];
    expect(await validate({ connections: ring })).toMatchObject({
      is_valid: false,
      errors: [
        'No starting nodes found (all nodes have dependencies). ' +
          "Cycle detected in workflow. Unprocessed nodes: {'a', 'b'}",
      ],
    });
    const unread = await validate({
      nodes: [node('t', 'transform', { expression: '(1 +' })],
      connections: [],
    });
    expect(unread).toMatchObject({ is_valid: false, warnings: [] });
    expect(unread.errors).toEqual([expect.stringMatching(/^node 't': /)]);
  });

  it('is for those who may see it', async () => {
    const open = await create({ is_public: true });
    const closed = await create();
    expect((await grace.call('POST', `/workflows/${open}/validate`)).status).toBe(200);
    expect((await grace.call('POST', `/workflows/${closed}/validate`)).status).toBe(404);
    expect((await ada.call('POST', `/workflows/${newId()}/validate`)).status).toBe(404);
  });
});
