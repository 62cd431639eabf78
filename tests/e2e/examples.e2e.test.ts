import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import {
  type Answer,
  createStudio,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { deliver, issue } from '../fixtures/webhookSender.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';

const kindsDir = fileURLToPath(new URL('../../examples/kinds', import.meta.url));
let studio: StudioProcess;
let person: Person;
let world: CountingServer;

beforeAll(async () => {
  studio = await createStudio({ env: { KINDS_DIR: kindsDir } });
  await studio.start();
  person = await signIn(studio, 'examples@example.org');
});
afterAll(() => studio.remove());
beforeEach(async () => {
  world = await startCountingServer();
});
afterEach(() => world.close());

const example = async (name: string): Promise<object> => {
  const file = new URL(`../../examples/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as object; // a file of ours
};

const run = async (name: string, trigger: object): Promise<Answer['body']> => {
  const id = await save(person, await example(name));
  const found = await person.call('POST', `/workflows/${id}/validate`);
  expect(found.body).toEqual({ is_valid: true, errors: [], warnings: [] });
  return ended(person, await start(person, id, trigger));
};

const arrived = (): string[] => world.arrivals().map(({ method, path }) => `${method} ${path}`);

describe('the support ticket triage', () => {
  const ticket = (subject: string) => ({
    body: { subject, text: 'Since nine.', customer: 'Acme', baseUrl: world.url },
  });

  it('pages the person on call for an urgent ticket', async () => {
    const ran = await run('support-ticket-triage', ticket('Urgent: nobody can log in'));
    expect([ran.status, arrived()]).toEqual(['completed', ['POST /pages']]);
    expect(ran.output_data).toMatchObject({ page: { status: 200 } });
  });

  it('is started by its webhook', async () => {
    const id = await save(person, await example('support-ticket-triage'));
    await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
    const { body } = ticket('Urgent: the shop is down');
    const sent = { body: JSON.stringify(body) };
    const delivered = await deliver(studio.origin(), await issue(person, id), sent);
    const ran = await ended(person, delivered.body.execution_id);
    expect([ran.status, arrived()]).toEqual(['completed', ['POST /pages']]);
  });

  it('queues any other ticket', async () => {
    const ran = await run('support-ticket-triage', ticket('A typo on the first page'));
    expect([ran.status, arrived()]).toEqual(['completed', ['POST /tickets']]);
    expect(ran.output_data).toMatchObject({ queue: { status: 200 } });
  });
});

describe('the research brief', () => {
  it('asks three agents, and an editor who sees what they found', async () => {
    const ran = await run('research-brief', { topic: 'tidal power', audience: 'investors' });
    expect(ran.status).toBe('completed');
    expect(ran.output_data).toMatchObject({
      topic: 'tidal power',
      brief: expect.stringContaining('Brief on tidal power for investors.'),
      tokens: expect.any(Number),
    });
    const nodes: Answer['body'][] = ran.node_executions;
    const editor = nodes.find(({ node_id }) => node_id === 'editor');
    expect(editor.input_data.prompt).toContain('Facts about tidal power');
    expect(editor.input_data.prompt).toContain('What investors want to know about tidal power');
  });
});

describe('the order flow', () => {
  const order = () => ({
    ...{ id: 'A-17', card: '4242', baseUrl: world.url },
    items: [
      { name: 'pen', price: 2, count: 3 },
      { name: 'ink', price: 5, count: 1 },
    ],
  });

  it('asks again for the stock, and ships what was charged once', async () => {
    world.behave('/stock', (n) => (n === 0 ? { status: 503 } : {}));
    world.behave('/charges', { status: 201, body: { id: 'ch_1' } });
    const ran = await run('order-flow', order());
    const stock = 'GET /stock?name=pen&name=ink';
    expect(arrived()).toEqual([stock, stock, 'POST /charges']);
    expect([ran.status, ran.output_data]).toEqual([
      'completed',
      { shipped: { order: 'A-17', status: 'shipped', amount: 11, charge: 'ch_1' } },
    ]);
  });

  it('ends well when the card is declined: the error output leads on', async () => {
    world.behave('/charges', { status: 402 });
    const ran = await run('order-flow', order());
    expect(arrived()).toEqual(['GET /stock?name=pen&name=ink', 'POST /charges']);
    expect([ran.status, ran.output_data]).toEqual([
      'completed',
      { declined: { order: 'A-17', status: 'declined', amount: 11, reason: 'http.status' } },
    ]);
  });
});

describe('node kinds of one’s own', () => {
  it('pass their own tests', async () => {
    const file = `${kindsDir}/notify.test.ts`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', file]);
    expect(stdout).toMatch(/pass 3\n.*fail 0/);
  });

  it('say how far they have come, and are tried again when they fall silent', async () => {
    const pages = canvasNode('pages', 'read-pages', { url: `${world.url}/list`, pages: 2 });
    const retry = { maxRetries: 10, delaysMs: [10] };
    const data = { ...pages.data, heartbeatTimeoutMs: 2_000, retry };
    const id = await save(person, { name: 'Pages', ...chain({ ...pages, data }) });
    world.behave('/list', (n) => (n === 1 ? { hang: true } : { body: { n } }));
    const ran = await ended(person, await start(person, id));
    expect(ran.status).toBe('completed');
    const [node] = ran.node_executions;
    expect(node.progress).toMatchObject({ fraction: expect.any(Number) });
    const { body } = await person.call('GET', `/executions/${ran.id}/events`);
    const facts: Answer['body'][] = body.items;
    const ofType = (type: string) => facts.filter((fact) => fact.type === type);
    expect(ofType('NodeProgressed')[0]?.data).toMatchObject({
      ...{ fraction: 0.5, message: 'page 1 of 2' },
    });
    expect(ofType('NodeFailed')[0]?.data).toMatchObject({
      ...{ error: { code: 'node.heartbeat_timeout', transient: true }, next: 'retry' },
    });
  });

  it('run like any other, each effect under its key', async () => {
    const rows = canvasNode('rows', 'csv-table', { text: '{{ trigger.csv }}' });
    const tell = canvasNode('tell', 'notify', {
      ...{ url: '{{ trigger.url }}', channel: 'ops' },
      text: '{{ $join(input.name, " and ") }}',
    });
    const retried = { ...tell, data: { ...tell.data, retry: { maxRetries: 1, delaysMs: [10] } } };
    const graph = chain(canvasNode('begin', 'manual-trigger'), rows, retried);
    const id = await save(person, { name: 'Own kinds', ...graph });
    const found = await person.call('POST', `/workflows/${id}/validate`);
    expect(found.body).toEqual({ is_valid: true, errors: [], warnings: [] });

    world.behave('/messages', (n) => (n === 0 ? { status: 503 } : {}));
    const csv = 'name,job\nAda,"count, analyst"\nGrace,admiral';
    const ran = await ended(person, await start(person, id, { csv, url: `${world.url}/messages` }));
    expect([ran.status, ran.output_data]).toEqual(['completed', { channel: 'ops', status: 200 }]);
    const [node] = ran.node_executions.filter(({ node_id }: Answer['body']) => node_id === 'tell');
    expect(node.input_data.text).toBe('Ada and Grace');
    const keys = world.arrivals().map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([expect.any(String), keys[0]]);
  });
});
