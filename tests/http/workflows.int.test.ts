import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Metadata,
  type NewEvent,
  type WorkspaceEvent,
  type WorkspaceId,
  type WorkspaceRole,
  workspaceStream,
} from '@studio/contracts';
import { newId, systemClock } from '@studio/infra';

import { call } from '../fixtures/studio.ts';
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
const trigger = { id: 'start', type: 'trigger', title: 'Manual', position, data: {} };
const step = {
  ...{ id: 'step', type: 'logic', position },
  data: { kind: 'transform', config: { expression: 'input' } },
};
const graph = {
  name: 'Mail',
  nodes: [trigger, step],
  connections: [{ source: 'start', target: 'step' }],
};
const create = async (body: object = {}) => ada.call('POST', '/workflows', { ...graph, ...body });
const events = async () => (await studio.log.lastPosition()).toString();

/** Makes a person a member of another's workspace, as an invitation will. */
const addMember = async (workspaceId: string, userId: string, role: WorkspaceRole) => {
  const stream = workspaceStream(workspaceId as WorkspaceId); // it is one
  const head = await studio.log.head(stream);
  const metadata: Metadata = {
    ...{ correlationId: 'test', causationId: 'test', commandId: 'test', workspaceId },
    ...{ actor: { kind: 'system', id: 'test' }, schemaVersion: 1, occurredAt: systemClock() },
  };
  const added: NewEvent<WorkspaceEvent> = {
    ...{ type: 'MemberAdded', data: { workspaceId, userId, role }, eventId: newId(), metadata },
  };
  await studio.log.append(stream, head ?? 'no_stream', [added], {});
};

describe('POST /workflows', () => {
  it('saves a draft of version 1', async () => {
    const { status, body, headers } = await create({ tags: [' Daily ', ''], description: 'd' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ name: 'Mail', description: 'd', status: 'draft', version: 1, tags: ['daily'] },
      ...{ user_id: ada.userId, workspace_id: ada.workspaceId, is_public: false },
      ...{ nodes: graph.nodes, connections: graph.connections, settings: {} },
      ...{ parent_workflow_id: null, warnings: [] },
    });
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(`/api/v1/workflows/${body.id}`);
    expect(headers.get('studio-position')).toMatch(/:\d+$/);
    expect(body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('saves a draft with an unknown kind, with a warning', async () => {
    const odd = { id: 'odd', type: 'action', position, data: { kind: 'teleport' } };
    const { status, body } = await create({ nodes: [trigger, odd], connections: [] });
    expect([status, body.warnings]).toEqual([201, ["Node 'odd' has the unknown kind 'teleport'"]]);
  });

  it.each([
    [{ nodes: [trigger, trigger], connections: [] }, 'Duplicate node IDs found'],
    [
      { connections: [{ source: 'start', target: 'gone' }] },
      "Connection target 'gone' not found in nodes",
    ],
  ])('refuses a broken structure and stores nothing', async (body, reason) => {
    const before = await events();
    const answer = await create(body);
    expect([answer.status, answer.body.detail]).toEqual([
      400,
      `Invalid workflow structure: ${reason}`,
    ]);
    expect(await events()).toBe(before);
  });

  it.each([
    ['no name', { name: undefined }, ['body', 'name']],
    ['an empty name', { name: '' }, ['body', 'name']],
    ['NUL in its name', { name: 'a\u0000' }, ['body', 'name']],
    ['a lone surrogate in its description', { description: '\ud800' }, ['body', 'description']],
    ['NUL in a tag', { tags: ['ok', '\u0000'] }, ['body', 'tags', 1]],
    ['NUL in a title', { nodes: [{ ...trigger, title: '\u0000' }] }, ['body', 'nodes', 0, 'title']],
    [
      'NUL in a label',
      { nodes: [{ ...trigger, data: { label: '\u0000' } }] },
      ['body', 'nodes', 0, 'data', 'label'],
    ],
    ['nodes that are no list', { nodes: {} }, ['body', 'nodes']],
    ['21 tags', { tags: Array(21).fill('t') }, ['body', 'tags']],
  ])('refuses %s', async (_, body, loc) => {
    const answer = await create(body);
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, loc]);
  });

  it('keeps NUL and lone surrogates in payloads', async () => {
    const data = { config: { text: 'a\u0000b\ud800' } };
    const { status, body } = await create({ nodes: [{ ...trigger, data }], connections: [] });
    expect([status, body.nodes[0].data]).toEqual([201, data]);
  });

  it('saves once what an Idempotency-Key stands for', async () => {
    const key = { 'Idempotency-Key': 'save-1' };
    const [first, second] = await Promise.all([
      ada.call('POST', '/workflows', graph, key),
      ada.call('POST', '/workflows', graph, key),
    ]);
    await ada.call('PUT', `/workflows/${first.body.id}`, { name: 'Changed since' });
    const third = await ada.call('POST', '/workflows', graph, key);
    expect([first.status, second.status, third.status]).toEqual([201, 201, 201]);
    expect(second.body).toEqual(first.body);
    expect(third.body).toEqual(first.body);
    expect(third.headers.get('studio-position')).toBe(first.headers.get('studio-position'));
    const other = await ada.call('POST', '/workflows', { ...graph, name: 'Other' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'request.idempotency_key_reused']);
    const others = await grace.call('POST', '/workflows', graph, key);
    expect(others.status).toBe(201);
    expect(others.body.id).not.toBe(first.body.id);
  });
});

describe('PUT /workflows/{id}', () => {
  it('raises the version, keeps what is left out and empties what is emptied', async () => {
    const { body: saved } = await create({ description: 'd', tags: ['t'] });
    const { status, body, headers } = await ada.call('PUT', `/workflows/${saved.id}`, {
      ...{ name: 'Post', description: null, tags: [], nodes: null },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: 2, name: 'Post', description: null, tags: [] });
    expect(body.nodes).toEqual(saved.nodes);
    expect(headers.get('etag')).toBe('"2"');
  });

  it('refuses a save over a version that the client has not seen', async () => {
    const { body: saved } = await create();
    const put = (name: string, version: string) =>
      ada.call('PUT', `/workflows/${saved.id}`, { name }, { 'If-Match': version });
    expect((await put('One', '"1"')).status).toBe(200);
    const late = await put('Two', '"1"');
    expect([late.status, late.body.code]).toEqual([412, 'workflow.version_mismatch']);
    expect((await put('Three', '"2"')).body.version).toBe(3);
    expect((await put('Four', 'nonsense')).status).toBe(412);
  });

  it('lets every one of many saves at once win, none with a 409', async () => {
    const { body: saved } = await create();
    const names = Array.from({ length: 12 }, (_, index) => `Name ${index}`);
    const answers = await Promise.all(
      names.map((name) => ada.call('PUT', `/workflows/${saved.id}`, { name })),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(answers.map(({ body }) => Number(body.version)).sort((a, b) => a - b)).toEqual(
      names.map((_, index) => index + 2),
    );
  });

  it('hides the workflows of others, and tells members what they may not', async () => {
    const { body: saved } = await create({ is_public: true });
    const put = () => grace.call('PUT', `/workflows/${saved.id}`, { name: 'Mine' });
    const foreign = await put();
    expect([foreign.status, foreign.body.detail]).toEqual([
      404,
      'Workflow not found or access denied',
    ]);
    const absent = await grace.call('PUT', `/workflows/${newId()}`, { name: 'Mine' });
    expect(absent.body.detail).toBe(foreign.body.detail);
    await addMember(ada.workspaceId, grace.userId, 'viewer');
    expect((await put()).status).toBe(403);
    const start = await grace.call('POST', '/executions', { workflow_id: saved.id });
    expect(start.status).toBe(403);
    const made = await grace.call('POST', '/workflows', {
      ...graph,
      workspace_id: ada.workspaceId,
    });
    expect(made.status).toBe(403);
  });

  it('refuses a malformed id', async () => {
    const { status, body } = await ada.call('PUT', '/workflows/nonsense', { name: 'x' });
    expect([status, body.detail[0].loc]).toEqual([422, ['path', 'workflowId']]);
  });

  it('asks who is calling before anything else', async () => {
    const { status, headers } = await call(studio.origin, 'PUT', '/workflows/x', { body: {} });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
});
