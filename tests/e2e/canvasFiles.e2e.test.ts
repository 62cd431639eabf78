import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  type Answer,
  createStudio,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { deliver, issue } from '../fixtures/webhookSender.ts';
import { ended, start } from './canvas.ts';

let studio: StudioProcess;
let person: Person;
beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'canvas@example.org');
});
afterAll(() => studio.remove());

interface CanvasFile {
  readonly name: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly title: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  readonly connections: readonly object[];
}

const fileOf = async (name: string): Promise<CanvasFile> => {
  const text = await readFile(new URL(`canvasFiles/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as CanvasFile; // a file of ours
};

const save = async (file: object): Promise<Answer['body']> => {
  const { status, body } = await person.call('POST', '/workflows', file);
  expect([status, body.id]).toEqual([201, expect.any(String)]);
  return body;
};

/** What the canvas gets when it is opened again. */
const opened = async (id: string) => {
  const { body } = await person.call('GET', `/workflows/${id}`);
  return { nodes: body.nodes, connections: body.connections };
};
const drawnIn = ({ nodes, connections }: CanvasFile) => ({ nodes, connections });

const nodesOf = (run: Answer['body']): readonly (readonly [string, string])[] =>
  run.node_executions.map((node: Answer['body']) => [node.node_name, node.status] as const);

describe('every kind of the palette', () => {
  const built = ['Claude Agent', 'Specialized Agent', 'Webhook', 'Schedule', 'Manual'].concat(
    ...['Condition', 'Filter', 'Merge'],
  );

  it('is told by its title alone: saved as it is, with a warning where it cannot run yet', async () => {
    const file = await fileOf('palette');
    expect(new Set(file.nodes.map(({ title }) => title)).size).toBe(24);
    const saved = await save(file);
    expect(await opened(saved.id)).toEqual(drawnIn(file));
    const missing = file.nodes.filter(({ title }) => !built.includes(title));
    expect(saved.warnings).toHaveLength(missing.length);
    for (const [index, { id }] of missing.entries())
      expect(saved.warnings[index]).toMatch(
        new RegExp(`^Node '${id}' is of the kind '[a-z-]+', which this studio cannot run yet$`),
      );
  });

  it('is refused by name at start and when published', async () => {
    const { id } = await save(await fileOf('palette'));
    const refused = [
      await person.call('POST', '/executions', { workflow_id: id }),
      await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' }),
    ];
    for (const { status, body } of refused) {
      expect([status, body.code]).toEqual([400, 'workflow.unknown_kind']);
      expect(body.detail).toMatch(/node 'node_\w+' is of the kind 'database-action', which/);
    }
  });

  it('may be switched off, and the rest runs', async () => {
    const file = await fileOf('palette');
    const nodes = file.nodes.map((node) =>
      built.includes(node.title) ? node : { ...node, data: { ...node.data, enabled: false } },
    );
    const { id, warnings } = await save({ ...file, nodes });
    expect(warnings).toEqual([]);
    const run = await ended(person, await start(person, id, { hello: 'canvas' }));
    expect([run.status, run.total_nodes, run.completed_nodes]).toEqual(['completed', 24, 24]);
  });
});

describe('a file of the canvas', () => {
  it('runs as it is: agents, a condition that nobody has set, a merge', async () => {
    const file = await fileOf('customerMessages');
    const { id, warnings } = await save(file);
    expect([warnings, await opened(id)]).toEqual([[], drawnIn(file)]);
    const checked = await person.call('POST', `/workflows/${id}/validate`);
    expect(checked.body).toEqual({
      ...{ is_valid: true, errors: [] },
      warnings: [expect.stringMatching(/^Node '\w+' has no expression and lets everything pass$/)],
    });
    const run = await ended(person, await start(person, id, { message: 'Where is my parcel?' }));
    expect([run.status, nodesOf(run)]).toEqual([
      'completed',
      [
        ...['Manual', 'Read the message', 'Needs an answer?', 'Write the answer'],
        ...['Sum it up for the team', 'Both'],
      ].map((name) => [name, 'completed']),
    ]);
    const [, reader, , answerer, summary] = run.node_executions;
    expect(reader.input_data).toMatchObject({
      systemPrompt: expect.stringContaining('helpful AI assistant'),
      ...{ model: 'claude-3-sonnet', temperature: 0.7, maxTokens: 4000 },
    });
    expect(reader.model_used).toMatch(/^claude-sonnet-/);
    expect(reader.output_data.response).toContain('Where is my parcel?');
    expect([answerer.model_used, summary.model_used]).toEqual([
      expect.stringMatching(/^claude-sonnet-/),
      expect.stringMatching(/^claude-haiku-/),
    ]);
  });

  it('runs by its webhook, past a node that is switched off', async () => {
    const file = await fileOf('orders');
    const { id } = await save(file);
    expect(await opened(id)).toEqual(drawnIn(file));
    const published = await person.call('PATCH', `/workflows/${id}/status`, {
      status: 'published',
    });
    expect(published.status).toBe(200);
    const hook = await issue(person, id);
    const { status, body } = await deliver(studio.origin(), hook, { body: '{"order":"A-17"}' });
    expect(status).toBe(202);
    const run = await ended(person, body.execution_id);
    expect([run.status, run.trigger_type]).toEqual(['completed', 'webhook']);
    expect(run.output_data.response).toContain('A-17');
  });

  it('may be a record as the canvas keeps it, with texts of JSON', async () => {
    const record = (await fileOf('record')) as unknown as Record<'nodes' | 'connections', string>; // texts, in this one
    const drawn = {
      nodes: JSON.parse(record.nodes) as unknown,
      connections: JSON.parse(record.connections) as unknown,
    };
    const { id, tags, status } = await save(record);
    expect([tags, status, await opened(id)]).toEqual([['research', 'canvas'], 'draft', drawn]);
    const again = await person.call('PUT', `/workflows/${id}`, { ...record, name: 'Two pages' });
    expect([again.status, again.body.version, await opened(id)]).toEqual([200, 2, drawn]);
    const run = await ended(person, await start(person, id, { topic: 'tidal power' }));
    expect([run.status, run.completed_nodes]).toEqual(['completed', 7]);
    const models = run.node_executions.map((node: Answer['body']) => node.model_used);
    expect(models).toEqual(expect.arrayContaining([expect.stringMatching(/^claude-opus-/)]));
  });

  it('is refused when such a text is no JSON', async () => {
    const record = await fileOf('record');
    const { status, body } = await person.call('POST', '/workflows', { ...record, nodes: '[{' });
    expect([status, body.code]).toEqual([422, 'request.malformed_json']);
  });
});
