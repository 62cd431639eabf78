import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';

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

const position = { x: 0, y: 0 };
const newWorkflow = async (body: object = {}): Promise<string> => {
  const nodes = [{ id: 'greeter', type: 'agent', position, data: { config: { prompt: 'Hello' } } }];
  const answer = await ada.call('POST', '/workflows', {
    ...{ name: 'Mail', nodes, connections: [] },
    ...body,
  });
  return String(answer.body.id);
};
const greeter = { name: 'Greeter', type: 'agent', node_id: 'greeter' };
const add = (workflowId: string, body: object = {}) =>
  ada.call('POST', `/agents?workflow_id=${workflowId}`, { ...greeter, ...body });

describe('agents', () => {
  it('are added, shown, changed and removed', async () => {
    const workflowId = await newWorkflow();
    const added = await add(workflowId, { system_prompt: 'Be kind', temperature: 0.5 });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      ...{ ...greeter, workflow_id: workflowId, system_prompt: 'Be kind', temperature: 0.5 },
      ...{ model: null, max_tokens: null, tools: [], permissions: {}, memory_config: {} },
      ...{ sub_agents: [], metadata: {} },
    });
    const at = `/agents/${added.body.id}`;
    expect((await ada.call('GET', at)).body).toEqual(added.body);

    const changes = { name: null, system_prompt: null, max_tokens: 100, tools: ['web_search'] };
    const changed = await ada.call('PUT', at, changes);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      ...{ name: 'Greeter', system_prompt: null, max_tokens: 100, tools: ['web_search'] },
      ...{ temperature: 0.5, created_at: added.body.created_at },
    });
    expect((await ada.call('GET', at)).body).toEqual(changed.body);

    expect((await ada.call('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const gone = await ada.call(method, at, method === 'PUT' ? {} : undefined);
      expect([gone.status, gone.body.code]).toEqual([404, 'agent.not_found']);
    }
  });

  it('keep a prompt of any size', async () => {
    const prompt = 'Be kind. '.repeat(20_000);
    const { body } = await add(await newWorkflow(), { system_prompt: prompt });
    expect(body.system_prompt).toBe(prompt);
    expect((await ada.call('GET', `/agents/${body.id}`)).body.system_prompt).toBe(prompt);
    const changed = await ada.call('PUT', `/agents/${body.id}`, { name: 'Kind' });
    expect(changed.body.system_prompt).toBe(prompt);
  });

  it('can be changed as soon as they were added, whoever waits for nothing', async () => {
    const workflowId = await newWorkflow();
    for (let index = 0; index < 5; index += 1) {
      const { body } = await add(workflowId);
      const changed = await ada.call('PUT', `/agents/${body.id}`, { name: `Name ${index}` });
      expect([changed.status, changed.body.name]).toEqual([200, `Name ${index}`]);
    }
  });

  it('are listed by workflow and type, in pages', async () => {
    const workflowId = await newWorkflow();
    await add(workflowId, { name: 'One' });
    await add(workflowId, { name: 'Two', type: 'logic' });
    const list = async (query: string) => (await ada.call('GET', `/agents?${query}`)).body;
    const all = await list(`workflow_id=${workflowId}&limit=1`);
    expect(all).toMatchObject({ total: 2, limit: 1, offset: 0, items: [{ name: 'Two' }] });
    const logic = await list(`workflow_id=${workflowId}&agent_type=logic`);
    expect(logic).toMatchObject({ total: 1, items: [{ name: 'Two' }] });
    const bare = await ada.call('GET', `/agents/workflow/${workflowId}/agents`);
    expect(bare.body).toMatchObject([{ name: 'Two' }, { name: 'One' }]);
    expect((await ada.call('GET', `/agents/workflow/${randomUUID()}/agents`)).body).toEqual([]);
    for (const wrong of ['limit=0', 'agent_type=x', 'workflow_id=x'])
      expect((await ada.call('GET', `/agents?${wrong}`)).status).toBe(422);
  });

  it('are added in bulk, all or none', async () => {
    const workflowId = await newWorkflow();
    const bulk = (body: unknown) => ada.call('POST', `/agents/workflow/${workflowId}/bulk`, body);
    const names = ['One', 'Two', 'Three'];
    const made = await bulk(names.map((name) => ({ ...greeter, name })));
    expect([made.status, made.body.map(({ name }: { name: string }) => name)]).toEqual([
      201,
      names,
    ]);
    expect((await bulk([greeter, { ...greeter, temperature: 3 }])).status).toBe(422);
    const { body } = await ada.call('GET', `/agents?workflow_id=${workflowId}`);
    expect(body.total).toBe(3);
  });

  it('are added once under an Idempotency-Key', async () => {
    const workflowId = await newWorkflow();
    const once = (path: string, body: unknown) =>
      ada.call('POST', `/agents${path}`, body, { 'Idempotency-Key': 'add-1' });
    const one = () => once(`?workflow_id=${workflowId}`, greeter);
    const many = (names: string[]) =>
      once(
        `/workflow/${workflowId}/bulk`,
        names.map((name) => ({ ...greeter, name })),
      );
    const [first, second] = await Promise.all([one(), one()]);
    expect(second.body).toEqual(first.body);
    await ada.call('DELETE', `/agents/${first.body.id}`);
    expect((await one()).body).toEqual(first.body);
    const other = await once(`?workflow_id=${workflowId}`, { ...greeter, name: 'Other' });
    expect([other.status, other.body.code]).toEqual([422, 'request.idempotency_key_reused']);
    const bulk = await many(['One', 'Two']);
    expect((await many(['One', 'Two'])).body).toEqual(bulk.body);
    expect((await many(['One', 'Three'])).status).toBe(422);
    const { body } = await ada.call('GET', `/agents?workflow_id=${workflowId}`);
    expect(body.total).toBe(2);
  });

  it.each([
    ['no node', { node_id: undefined }],
    ['51 tools', { tools: Array(51).fill('t') }],
    ['no tokens', { max_tokens: 0 }],
    ['a type of its own', { type: 'wizard' }],
    ['NUL in its name', { name: '\u0000' }],
    ['sub-agents that are no ids', { sub_agents: ['x'] }],
  ])('are refused with %s', async (_, body) => {
    expect((await add(await newWorkflow(), body)).status).toBe(422);
  });

  it('keep out strangers, who see only those of public workflows', async () => {
    const hidden = await newWorkflow();
    const open = await newWorkflow({ is_public: true });
    const [ofHidden, ofOpen] = [await add(hidden), await add(open)];
    const seen = (id: unknown) => grace.call('GET', `/agents/${String(id)}`);
    expect((await seen(ofHidden.body.id)).status).toBe(404);
    expect((await seen(ofOpen.body.id)).status).toBe(200);
    const added = await grace.call('POST', `/agents?workflow_id=${open}`, greeter);
    expect([added.status, added.body.detail]).toEqual([404, 'Workflow not found or access denied']);
    const changed = await grace.call('PUT', `/agents/${ofOpen.body.id}`, { name: 'Mine' });
    expect([changed.status, changed.body.detail]).toEqual([
      404,
      'Agent not found or access denied',
    ]);
    expect((await grace.call('DELETE', `/agents/${ofOpen.body.id}`)).status).toBe(404);
    expect((await ada.call('POST', '/agents', greeter)).status).toBe(422);
  });

  it('go with their workflow, and into its copies', async () => {
    const workflowId = await newWorkflow();
    const first = await add(workflowId, { name: 'One' });
    await add(workflowId, { name: 'Two', sub_agents: [first.body.id] });
    const copy = await ada.call('POST', `/workflows/${workflowId}/duplicate`);
    const bare = await ada.call('POST', `/workflows/${workflowId}/duplicate`, {
      copy_agents: false,
    });
    const of = async (id: string) => (await ada.call('GET', `/agents?workflow_id=${id}`)).body;
    const copied = await of(copy.body.id);
    expect(copied.total).toBe(2);
    const two = copied.items.find(({ name }: { name: string }) => name === 'Two');
    const one = copied.items.find(({ name }: { name: string }) => name === 'One');
    expect(two.sub_agents).toEqual([one.id]);
    expect(one.id).not.toBe(first.body.id);
    expect((await of(bare.body.id)).total).toBe(0);
    await ada.call('DELETE', `/workflows/${workflowId}`);
    expect((await of(workflowId)).total).toBe(0);
    expect((await ada.call('GET', `/agents/${first.body.id}`)).status).toBe(404);
  });

  it('tell the node of a run what to say', async () => {
    const workflowId = await newWorkflow();
    const agent = await add(workflowId, { max_tokens: 77 });
    const started = await ada.call('POST', '/executions', { workflow_id: workflowId });
    expect(started.status).toBe(202);
    const events = await ada.call('GET', `/executions/${started.body.id}/events?limit=1`);
    expect(events.body.items[0].data.definition.nodes[0].config).toEqual({
      ...{ prompt: 'Hello', maxTokens: 77 },
    });
    const nodes = await ada.call('GET', `/executions/${started.body.id}/nodes`);
    expect(nodes.body).toMatchObject([{ node_id: 'greeter', agent_id: agent.body.id }]);
  });
});
