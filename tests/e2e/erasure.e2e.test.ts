import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createEventLog,
  createInMemoryFileStorage,
  createInMemoryKeyRing,
  createPool,
} from '@studio/infra';
import { startProjectors } from '@studio/projectors';
import { WebSocket } from 'ws';

import { verifyLog } from '../crash/proof.ts';
import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { namedServer } from '../fixtures/eventStoreDb.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { openStore } from '../store/openStore.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';
import { filesHolding, formsOf, tablesHolding } from './traces.ts';

const name = 'Wiqtoř Żbąkxe';
const traces = formsOf(name);
/** Stands in the workflow's own name, which nobody asked to forget: what finds it would find the other. */
const kept = 'Łukęš Ďvqřak';

const nodesOf = (server: string) => [
  canvasNode('begin', 'manual-trigger'),
  canvasNode('greet', 'transform', { expression: '"Dear " & trigger.person' }),
  canvasNode('tell', 'http-request', {
    url: `${server}/tell?whom={{trigger.person}}`,
    method: 'POST',
    body: { whom: '{{trigger.person}}' },
  }),
  canvasNode('ask', 'claude-agent', { prompt: 'Who is {{trigger.person}}?' }),
  canvasNode('large', 'transform', {
    expression: '{"all": $join(trigger.many, ", ")}',
  }),
  canvasNode('end', 'transform', {
    expression: 'trigger.fails ? $error("cannot end for " & trigger.person) : trigger.person',
  }),
];

let studio: StudioProcess;
let server: CountingServer;
let person: Person;
let workflowId: string;
let completed: string;
let failed: string;
/** By a file that was uploaded. */
let uploaded: string;

const read = async (id: string, what = ''): Promise<{ status: number; text: string }> => {
  const { status, body } = await person.call('GET', `/executions/${id}${what}`);
  return { status, text: JSON.stringify(body) };
};
const marker = /"\$erased"|"erased":true|\(erased\)|was erased/;
const readings = ['', '/nodes', '/logs', '/events?limit=1000', '/replay'];
const countEvents = async (): Promise<number> => verifyLog(studio.logAddress());

/** All that a socket is told of a run from its first fact on. */
const toldOf = async (id: string, facts: number): Promise<string> => {
  const { body } = await person.call('GET', `/executions/${id}/events?limit=1`);
  const beginning = String(body.items[0].position).replace(/:\d+$/, ':0');
  const address = `${studio.origin().replace('http', 'ws')}/api/v1/ws/executions/${id}`;
  const socket = new WebSocket(`${address}?after=${beginning}`, ['bearer', person.token]);
  const texts: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      texts.push(data.toString('utf8'));
      if (texts.filter((text) => text.startsWith('{"type":"fact"')).length === facts) resolve();
    });
  });
  socket.close();
  return texts.join('\n');
};

/** A workflow counts the lines of the file that it is sent. */
const upload = async (): Promise<string> => {
  const count = canvasNode('count', 'transform', {
    expression: '$count($split(trigger.file.text, "\n"))',
  });
  const id = await save(person, chain(canvasNode('in', 'file-trigger'), count));
  await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
  const lines = Array.from({ length: 5_000 }, () => name).join('\n');
  const query = `?name=${encodeURIComponent(`${name}.csv`)}`;
  const { status, body } = await person.call('POST', `/workflows/${id}/files/in${query}`, lines, {
    ...{ 'content-type': 'text/csv' },
  });
  expect(status).toBe(202);
  return String(body.execution_id);
};

const sealedFiles = (): Promise<string[]> =>
  filesHolding(join(studio.dataDir, 'files'), [Buffer.alloc(0)]);

beforeAll(async () => {
  server = await startCountingServer();
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  workflowId = await save(person, { ...chain(...nodesOf(server.url)), name: kept });
  const trigger = { person: name, many: Array.from({ length: 5_000 }, () => name) };
  const asked = { input_data: { ...trigger, fails: false }, context: { for: name } };
  const { body } = await person.call('POST', `/workflows/${workflowId}/executions`, asked);
  completed = String(body.id);
  failed = await start(person, workflowId, { ...trigger, fails: true });
  expect((await ended(person, completed)).status).toBe('completed');
  expect((await ended(person, failed)).status).toBe('failed');
  uploaded = await upload();
  expect((await ended(person, uploaded)).output_data).toBe(5_000);
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

describe('before anything is forgotten', () => {
  it('shows the name in each of its places', async () => {
    const { body: run } = await person.call('GET', `/executions/${failed}`);
    expect(run.trigger_data.person).toBe(name);
    expect(run.error_message).toContain(name);
    const { body: logs } = await person.call('GET', `/executions/${failed}/logs`);
    expect(JSON.stringify(logs)).toContain(`cannot end for ${name}`);
    const { body: nodes } = await person.call('GET', `/executions/${completed}/nodes`);
    const of = (id: string) => nodes.find((node: { node_id: string }) => node.node_id === id);
    expect(of('greet').output_data).toBe(`Dear ${name}`);
    expect(of('tell').input_data.body).toEqual({ whom: name });
    expect(of('ask').input_data.prompt).toBe(`Who is ${name}?`);
    expect(JSON.stringify(of('ask').agent_response)).toContain(name);
    expect(of('large').output_data.all.length).toBeGreaterThan(65_536);
    const { body: done } = await person.call('GET', `/executions/${completed}`);
    expect([done.output_data, done.context]).toEqual([name, { for: name }]);
    for (const what of readings) expect((await read(failed, what)).text).toContain(name);
    const { body: sent } = await person.call('GET', `/executions/${uploaded}`);
    expect(sent.trigger_data.file).toMatchObject({ name: `${name}.csv`, type: 'text/csv' });
    expect(sent.trigger_data.file.text).toContain(name);
    for (const what of readings) expect((await read(completed, what)).text).not.toMatch(marker);
  });

  it('keeps large payloads in files, and nowhere the name as text', async () => {
    expect((await sealedFiles()).length).toBeGreaterThanOrEqual(4);
    expect((await tablesHolding(studio.databaseUrl(), traces)).holding).toEqual([]);
  });

  it('has eyes: the search finds what is kept in the open', async () => {
    const forms = formsOf(kept);
    const { holding, read: count } = await tablesHolding(studio.databaseUrl(), forms);
    if (namedServer() === undefined) expect(holding).toContain('log.events');
    expect(holding.some((table) => table.startsWith('read.'))).toBe(true);
    expect(count).toBeGreaterThan(15);
    const mails = await filesHolding(studio.dataDir, [Buffer.from('sign-in code')]);
    expect(mails.some((file) => file.endsWith('.eml'))).toBe(true);
    const home = studio.postgresHome();
    if (home === null) return; // the files of another server are out of reach
    const files = await filesHolding(join(home, 'data'), forms);
    expect(files.some((file) => file.includes('/pg_wal/'))).toBe(true);
    expect(files.some((file) => file.includes('/base/'))).toBe(true);
  });

  it('refuses to forget a run that still runs, and changes nothing', async () => {
    const waiting = chain(
      canvasNode('begin', 'manual-trigger'),
      canvasNode('wait', 'delay', { durationMs: 600_000 }),
    );
    const running = await start(person, await save(person, waiting), { person: name });
    const facts = () => read(running, '/events');
    while (!(await facts()).text.includes('TimerSet')) await sleep(20);
    const before = await facts();
    const { status, body } = await person.call('POST', `/executions/${running}/forget`);
    expect([status, body.code]).toEqual([400, 'execution.not_ended']);
    expect(await facts()).toEqual(before);
    expect(before.text).toContain(name);
    await person.call('POST', `/executions/${running}/cancel`);
    expect((await person.call('POST', `/executions/${running}/forget`)).status).toBe(200);
  });
});

describe('once the runs are forgotten', () => {
  beforeAll(async () => {
    for (const id of [completed, failed, uploaded]) {
      const { status, body } = await person.call('POST', `/executions/${id}/forget`);
      expect([status, body.success]).toEqual([200, true]);
    }
  });

  /** Mails, logs, keys, payloads; Postgres's tables, journal and log when it is our own. */
  const expectNoFile = async (): Promise<void> => {
    expect(await filesHolding(studio.dataDir, traces)).toEqual([]);
    const home = studio.postgresHome();
    if (home !== null) expect(await filesHolding(home, traces)).toEqual([]);
    expect(studio.output()).not.toContain(name);
  };
  const expectNoTrace = async (): Promise<void> => {
    expect((await tablesHolding(studio.databaseUrl(), traces)).holding).toEqual([]);
    await expectNoFile();
  };

  const expectMarkers = async (): Promise<void> => {
    for (const id of [completed, failed, uploaded])
      for (const what of readings) {
        const { status, text } = await read(id, what);
        expect(status).toBe(200);
        expect(text).not.toContain(name);
        expect(text).toMatch(marker);
      }
    const { body: list } = await person.call('GET', '/executions');
    expect(JSON.stringify(list)).not.toContain(name);
    const { body: run } = await person.call('GET', `/executions/${failed}`);
    expect(run).toMatchObject({ erased: true, status: 'failed', error_message: null });
  };

  it('shows markers wherever the name stood', expectMarkers);

  it('finds the name in no table, no file and no log', expectNoTrace);

  it('tells a socket that reads the whole story nothing of it', async () => {
    const { body } = await person.call('GET', `/executions/${completed}/events`);
    const told = await toldOf(completed, body.total);
    expect(told).toContain('DataErased');
    expect(told).not.toContain(name);
  });

  it('has removed the files that only the key could open', async () => {
    expect(await sealedFiles()).toEqual([]);
  });

  it('keeps chains in which every event verifies', async () => {
    expect(await countEvents()).toBeGreaterThan(20);
  });

  it('can be told again to forget, which changes nothing', async () => {
    const before = await countEvents();
    const { status, body } = await person.call('POST', `/executions/${completed}/forget`);
    expect([status, body.success]).toEqual([200, true]);
    expect(await countEvents()).toBe(before);
  });

  it('shows the same after its read models were rebuilt from nothing', async () => {
    const url = studio.databaseUrl();
    const pool = createPool({ url, applicationName: 'rebuild-test' });
    const store = await openStore(studio.logAddress());
    // No key is needed to rebuild: rows are filled with what lies sealed in the log.
    const log = createEventLog({
      ...{ store, keys: createInMemoryKeyRing(), files: createInMemoryFileStorage() },
    });
    const projectors = await startProjectors({ pool, log, onTrouble: () => undefined });
    await projectors.rebuild('executions');
    await projectors.rebuild('workflows');
    await projectors.stop();
    await store.close();
    await pool.end();
    await expectMarkers();
    await expectNoTrace();
  });

  it('shows the same after a restart', async () => {
    await studio.stop();
    await expectNoFile();
    await studio.start();
    await expectMarkers();
    await expectNoTrace();
  });
});
