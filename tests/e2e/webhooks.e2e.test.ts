import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import {
  type Answer,
  createStudio,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { deliver, type Hook, issue, webhookTrigger } from '../fixtures/webhookSender.ts';
import { canvasNode, edge, ended, save } from './canvas.ts';

let studio: StudioProcess;
let world: CountingServer;
let person: Person;
const issued: Hook[] = [];

beforeAll(async () => {
  world = await startCountingServer();
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'webhooks@example.org');
});
afterAll(async () => {
  await studio.remove();
  await world.close();
});

/** A published workflow of a webhook-trigger and one node behind it. */
const hookTo = async (node: ReturnType<typeof canvasNode>, config: object): Promise<Hook> => {
  const graph = { nodes: [webhookTrigger(config), node], connections: [edge('arrives', node.id)] };
  const id = await save(person, graph);
  await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
  const hook = await issue(person, id);
  issued.push(hook);
  return hook;
};

const send = (hook: Hook, sent?: Parameters<typeof deliver>[2]): Promise<Answer> =>
  deliver(studio.origin(), hook, sent);

const runsOf = async ({ workflowId }: Hook): Promise<number> =>
  (await person.call('GET', `/executions?workflow_id=${workflowId}`)).body.total;

describe('a sender that waits', () => {
  const result = { respond: 'result' };

  it('gets the output of the run, and the same again for the same delivery', async () => {
    const hook = await hookTo(
      canvasNode('add', 'transform', { expression: 'trigger.body.n + 1' }),
      result,
    );
    const first = await send(hook, { id: 'one', body: '{"n":41}' });
    expect([first.status, first.body]).toEqual([
      200,
      {
        ...{ execution_id: expect.any(String), workflow_id: hook.workflowId },
        ...{ status: 'completed', output: 42, error_code: null },
      },
    ]);
    const again = await send(hook, { id: 'one', body: '{"n":41}' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await ended(person, first.body.execution_id)).toMatchObject({
      ...{ trigger_type: 'webhook', output_data: 42 },
      trigger_data: { body: { n: 41 } },
    });
    expect(await runsOf(hook)).toBe(1); // a list knows what its reader was shown
  });

  it('hears that the run failed, and nothing of its payloads', async () => {
    const hook = await hookTo(
      canvasNode('fail', 'transform', {
        expression: '$error("the secret of " & trigger.body.name)',
      }),
      result,
    );
    const { status, body } = await send(hook, { body: '{"name":"Ada"}' });
    expect([status, body]).toMatchObject([
      200,
      { status: 'failed', output: null, error_code: 'expression.failed' },
    ]);
    expect(JSON.stringify(body)).not.toContain('Ada');
  });

  it('goes on when the run takes longer than it waits', async () => {
    const hook = await hookTo(canvasNode('wait', 'delay', { durationMs: 3_000 }), result);
    const early = await send(hook, { id: 'slow', query: '?wait=0' });
    expect([early.status, early.body.status]).toEqual([202, 'pending']);
    const late = await send(hook, { id: 'slow', query: '?wait=30' });
    expect([late.status, late.body.status]).toEqual([200, 'completed']);
    expect(late.body.execution_id).toBe(early.body.execution_id);
  });

  it('sees nothing of a workflow that does not show it', async () => {
    const hook = await hookTo(canvasNode('add', 'transform', { expression: '1' }), {});
    const { status, body } = await send(hook, { query: '?wait=30' });
    expect([status, body.output]).toEqual([202, undefined]);
    await ended(person, body.execution_id);
  });
});

it('starts one run of a delivery that is repeated over the death of the studio', async () => {
  const hook = await hookTo(
    canvasNode('call', 'http-request', { method: 'POST', url: `${world.url}/once`, body: 1 }),
    { respond: 'result' },
  );
  const before = await send(hook, { id: 'twice', query: '?wait=30' });
  expect(before.body.status).toBe('completed');
  await studio.kill();
  await studio.start();
  const after = await send(hook, { id: 'twice', query: '?wait=30' });
  expect([after.status, after.body]).toEqual([200, before.body]);
  expect(world.arrivals().filter(({ path }) => path === '/once')).toHaveLength(1);
});

it('lets nobody wait for a studio that stops, and ends the run after the next start', async () => {
  const wait = canvasNode('wait', 'wait-for-event', { signal: 'go' });
  const hook = await hookTo(wait, { respond: 'result' });
  const left = send(hook, { id: 'left', query: '?wait=30' }).then(
    ({ status }) => status,
    () => 'cut off',
  );
  while ((await runsOf(hook)) === 0) await sleep(50);
  await studio.stop();
  expect(await left).toBe('cut off');
  await studio.start();
  const again = await send(hook, { id: 'left', query: '?wait=0' });
  await person.call('POST', `/executions/${again.body.execution_id}/signals/go`, { payload: 1 });
  expect((await send(hook, { id: 'left' })).body).toMatchObject({ status: 'completed' });
});

it('does what its document says, by curl and openssl', async () => {
  const document = await readFile(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
  const blocks = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
  expect(blocks).toHaveLength(4);
  const folder = await mkdtemp(join(tmpdir(), 'studio-webhooks-'));
  try {
    const { stdout } = await promisify(execFile)('bash', ['-eu', '-c', blocks.join('\necho\n')], {
      cwd: folder,
      env: {
        ...{ PATH: process.env['PATH'], API: `${studio.origin()}/api/v1` },
        ...{
          JSON: 'content-type: application/json',
          AUTH: `authorization: Bearer ${person.token}`,
        },
      },
    });
    const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(answers.map((line) => JSON.parse(line) as object)).toMatchObject([
      { status: 'completed', output: 'Hello, Ada' },
      { status: 'completed', output: 'Hello, Grace' },
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('is in no log, whatever was delivered', async () => {
  const [hook] = issued;
  if (!hook) throw new Error('no webhook was issued');
  await send({ ...hook, path: `${hook.path.slice(0, -1)}_` });
  await studio.stop();
  const folder = join(studio.dataDir, 'logs');
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const told = [studio.output(), ...texts].join('\n');
  expect(told).toContain('/api/v1/webhooks/:token');
  expect(told).not.toContain('request failed');
  for (const { path, secret } of issued) {
    expect(told).not.toContain(path.slice(-80, -1));
    expect(told).not.toContain(secret.slice(6));
  }
});
