import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DefinedNode } from '@studio/contracts';
import { Pool } from 'pg';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';

let studio: StudioProcess;
let pool: Pool;
let ada: Person;
let grace: Person;
beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  pool = new Pool({ connectionString: studio.databaseUrl() });
  ada = await signIn(studio, 'ada@example.org');
  grace = await signIn(studio, 'grace@example.org');
});
afterAll(async () => {
  await pool.end();
  await studio.remove();
});

const saying = (word: string) => ({
  name: `Says ${word}`,
  nodes: [
    {
      ...{ id: 'say', type: 'action', position: { x: 0, y: 0 } },
      data: { kind: 'transform', config: { expression: `"${word}"` } },
    },
  ],
  connections: [],
});
/** Versions 1, 2, 3, which say one, two, three. */
const threeVersions = async (): Promise<string> => {
  const id = String((await ada.call('POST', '/workflows', saying('one'))).body.id);
  for (const word of ['two', 'three']) await ada.call('PUT', `/workflows/${id}`, saying(word));
  return id;
};
interface Fact {
  readonly type: string;
  /** As the test knows it by its type. */
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- see above
}
const factsOf = async (stream: string): Promise<readonly Fact[]> => {
  const { rows } = await pool.query<{ type: string; data: string }>(
    'select type, data from log.events where stream = $1 order by revision',
    [stream],
  );
  return rows.map(({ type, data }) => ({ type, data: JSON.parse(data) as unknown }));
};
const started = async (executionId: string) => {
  const [first] = await factsOf(`execution-${executionId}`);
  const { workflowVersion, workflowName, definition } = first?.data ?? {};
  const [node] = definition.nodes as readonly DefinedNode[];
  return { workflowVersion, workflowName, says: node?.config['expression'], node };
};
const runs = async () =>
  (await pool.query(`select count(*) from log.events where type = 'WorkflowStarted'`)).rows[0];
const startBy = (workflow_id: string, choice: object) =>
  ada.call('POST', '/executions', { workflow_id, ...choice });
const saysBy = async (id: string, choice: object) => {
  const { status, body } = await startBy(id, choice);
  expect([status, body.code]).toEqual([202, undefined]);
  const { workflowVersion, says } = await started(body.id);
  return [workflowVersion, says];
};
const facts = (id: string) => factsOf(`workflow-${id}`);

describe('a start', () => {
  it('takes the version that it names, by both routes', async () => {
    const id = await threeVersions();
    expect(await saysBy(id, {})).toEqual([3, '"three"']);
    expect(await saysBy(id, { version: 2 })).toEqual([2, '"two"']);
    const older = await ada.call('POST', `/workflows/${id}/executions`, { version: 1 });
    expect([older.status, older.body.workflow_version]).toEqual([201, 1]);
    expect(await started(older.body.id)).toMatchObject({
      ...{ workflowVersion: 1, workflowName: 'Says one', says: '"one"' },
    });
  });

  it('takes what an alias means, also after later saves', async () => {
    const id = await threeVersions();
    const set = await ada.call('PUT', `/workflows/${id}/aliases/stable`, { version: 2 });
    expect([set.status, set.body]).toMatchObject([
      200,
      { workflow_id: id, alias: 'stable', version: 2 },
    ]);
    expect(set.headers.get('studio-position')).toMatch(/:\d+$/);
    expect(await saysBy(id, { alias: 'stable' })).toEqual([2, '"two"']);
    await ada.call('PUT', `/workflows/${id}/aliases/stable`, { version: 3 });
    await ada.call('PUT', `/workflows/${id}`, saying('four'));
    expect(await saysBy(id, { alias: 'stable' })).toEqual([3, '"three"']);
    expect(await saysBy(id, { alias: 'latest' })).toEqual([4, '"four"']);
  });

  it('takes the published version by its standing alias', async () => {
    const id = await threeVersions();
    const early = await startBy(id, { alias: 'published' });
    expect([early.status, early.body.code]).toEqual([409, 'workflow.not_published']);
    await ada.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
    await ada.call('PUT', `/workflows/${id}`, saying('four'));
    expect(await saysBy(id, { alias: 'published' })).toEqual([3, '"three"']);
  });

  it('keeps the agents of a version too', async () => {
    const id = await threeVersions();
    const at = `/agents?workflow_id=${id}`;
    const agent = { name: 'A', type: 'agent', node_id: 'say', model: 'first' };
    const { body } = await ada.call('POST', at, agent);
    await ada.call('PUT', `/workflows/${id}/aliases/stable`, { version: 3 });
    await ada.call('PUT', `/agents/${body.id}`, { model: 'second' });
    const modelBy = async (choice: object) => {
      const { node } = await started((await startBy(id, choice)).body.id);
      return node?.config['model'];
    };
    expect(await modelBy({ alias: 'stable' })).toBe('first');
    expect(await modelBy({})).toBe('second');
  });

  it.each([
    [{ version: 9 }, 404, 'workflow.version_not_found'],
    [{ alias: 'nowhere' }, 404, 'workflow.alias_not_found'],
    [{ version: 0 }, 422, 'request.invalid'],
    [{ alias: 'Not One' }, 422, 'request.invalid'],
    [{ version: 1, alias: 'latest' }, 422, 'request.invalid'],
  ])('refuses %j, and records nothing', async (choice, status, code) => {
    const id = await threeVersions();
    const before = await runs();
    const answer = await startBy(id, choice);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await runs()).toEqual(before);
  });
});

describe('aliases', () => {
  it('are listed by name, and removed once', async () => {
    const id = await threeVersions();
    for (const [name, version] of [
      ['stable', 2],
      ['canary', 3],
    ] as const)
      await ada.call('PUT', `/workflows/${id}/aliases/${name}`, { version });
    const names = async () =>
      (await ada.call('GET', `/workflows/${id}/aliases`)).body.map(
        ({ alias, version }: { alias: string; version: number }) => `${alias} ${version}`,
      );
    expect(await names()).toEqual(['canary 3', 'stable 2']);
    expect((await ada.call('DELETE', `/workflows/${id}/aliases/canary`)).status).toBe(204);
    const again = await ada.call('DELETE', `/workflows/${id}/aliases/canary`);
    expect([again.status, again.body.code]).toEqual([404, 'workflow.alias_not_found']);
    expect(await names()).toEqual(['stable 2']);
  });

  it('set to what they mean already add nothing', async () => {
    const id = await threeVersions();
    const set = () => ada.call('PUT', `/workflows/${id}/aliases/stable`, { version: 2 });
    await set();
    const before = await facts(id);
    expect((await set()).status).toBe(200);
    expect(await facts(id)).toEqual(before);
  });

  it.each(['published', 'latest', '7', 'Ab', 'a%20b'])('cannot be called %s', async (name) => {
    const id = await threeVersions();
    const answer = await ada.call('PUT', `/workflows/${id}/aliases/${name}`, { version: 1 });
    expect([answer.status, answer.body.code]).toEqual([422, 'request.invalid']);
  });

  it('are not for strangers', async () => {
    const id = await threeVersions();
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', { version: 1 }],
      ['DELETE', undefined],
    ] as const) {
      const path = method === 'GET' ? 'aliases' : 'aliases/stable';
      expect((await grace.call(method, `/workflows/${id}/${path}`, body)).status).toBe(404);
    }
  });
});

describe('GET /workflows/{id}/versions/{version}', () => {
  it('shows a version as it was, and only to those who may', async () => {
    const id = await threeVersions();
    const at = (version: string | number) => `/workflows/${id}/versions/${version}`;
    const second = await ada.call('GET', at(2));
    expect(second.body).toMatchObject({ id, version: 2, ...saying('two') });
    const beyond = await ada.call('GET', at(4));
    expect([beyond.status, beyond.body.code]).toEqual([404, 'workflow.version_not_found']);
    expect((await ada.call('GET', at('two'))).status).toBe(422);
    expect((await grace.call('GET', at(2))).body.code).toBe('workflow.not_found');
  });
});

describe('POST /workflows/{id}/rollback', () => {
  it('saves a new version that is as the older one was', async () => {
    const id = await threeVersions();
    const back = await ada.call('POST', `/workflows/${id}/rollback`, { version: 1 });
    expect([back.status, back.body.version, back.body.name]).toEqual([200, 4, 'Says one']);
    expect(back.headers.get('etag')).toBe('"4"');
    expect((await facts(id)).at(-1)).toMatchObject({
      ...{ type: 'WorkflowChanged', data: { version: 4, rolledBackTo: 1, name: 'Says one' } },
    });
    expect(await saysBy(id, { version: 3 })).toEqual([3, '"three"']);
    const once = await ada.call('POST', `/workflows/${id}/rollback`, { version: 4 });
    expect([once.status, once.body.version]).toEqual([200, 4]);
  });

  it('leaves what is published published', async () => {
    const id = await threeVersions();
    await ada.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
    await ada.call('POST', `/workflows/${id}/rollback`, { version: 1 });
    expect(await saysBy(id, { alias: 'published' })).toEqual([3, '"three"']);
  });

  it('brings agents back as who they were', async () => {
    const id = await threeVersions();
    const at = `/agents?workflow_id=${id}`;
    const named = (name: string) => ({ name, type: 'agent', node_id: 'say' });
    const kept = (await ada.call('POST', at, named('Kept'))).body.id as string;
    const gone = (await ada.call('POST', at, named('Gone'))).body.id as string;
    await ada.call('PUT', `/workflows/${id}`, saying('four'));
    await ada.call('PUT', `/agents/${kept}`, { name: 'Changed' });
    await ada.call('DELETE', `/agents/${gone}`);
    await ada.call('POST', at, named('Later'));
    await ada.call('POST', `/workflows/${id}/rollback`, { version: 3 });
    const names = new Map<string, string>();
    for (const { type, data } of await facts(id))
      if (type === 'AgentAdded' || type === 'AgentChanged') names.set(data.agentId, data.name);
      else if (type === 'AgentRemoved') names.delete(data.agentId);
    expect(names).toEqual(new Map([[kept, 'Kept']]).set(gone, 'Gone'));
  });

  it('goes by If-Match, refuses unknown versions, and strangers', async () => {
    const id = await threeVersions();
    const roll = (who: Person, version: unknown, headers = {}) =>
      who.call('POST', `/workflows/${id}/rollback`, { version }, headers);
    expect((await roll(ada, 1, { 'if-match': '"2"' })).status).toBe(412);
    expect((await roll(ada, 4)).body.code).toBe('workflow.version_not_found');
    expect((await roll(ada, 'one')).status).toBe(422);
    expect((await roll(grace, 1)).status).toBe(404);
    expect((await facts(id)).length).toBe(3);
  });
});
