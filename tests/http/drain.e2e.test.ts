import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import WebSocket from 'ws';

import { canvasNode, chain, save } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';

let studio: StudioProcess;
let person: Person;
let workflowId: string;
beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'drain@example.com');
  workflowId = await save(person, chain(canvasNode('begin', 'manual-trigger')));
});
afterAll(() => studio.remove());

const clients = 24;

/** `answered`: whole, its status known. `gone`: nobody listened. `broken`: sent, and never answered whole. */
type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly mayGoOn: boolean }
  | { readonly kind: 'gone' }
  | { readonly kind: 'broken'; readonly why: string };

const ask = (agent: Agent, method: string, path: string, body?: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const headers = {
      authorization: `Bearer ${person.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = request(`${studio.origin()}${path}`, { agent, method, headers }, (answer) => {
      const mayGoOn = answer.headers.connection !== 'close';
      answer.resume();
      answer.once('end', () => {
        resolve({ kind: 'answered', status: answer.statusCode ?? 0, mayGoOn });
      });
      answer.once('error', (error) => {
        resolve({ kind: 'broken', why: error.message });
      });
    });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        error.code === 'ECONNREFUSED'
          ? { kind: 'gone' }
          : { kind: 'broken', why: `${method} ${path}: ${error.code ?? error.message}` },
      );
    });
    sent.end(body);
  });

/** Asks again and again over one connection, until it is told to go, as the balancer in front would have it. */
const client = async (outcomes: Outcome[], isReady: () => boolean): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ workflow_id: workflowId });
  for (let turn = 0; isReady(); turn += 1) {
    const outcome =
      turn % 3 === 0
        ? await ask(agent, 'POST', '/api/v1/executions', body)
        : await ask(agent, 'GET', '/api/v1/workflows');
    outcomes.push(outcome);
    if (outcome.kind !== 'answered' || !outcome.mayGoOn) break;
  }
  agent.destroy();
};

it('answers every request that it took when it is told to stop, and sends its clients elsewhere', async () => {
  const socket = new WebSocket(`${studio.origin().replace('http', 'ws')}/api/v1/ws`, [
    ...['bearer', person.token],
  ]);
  const heard: { type: string; event?: string; reconnect_after_ms?: number }[] = [];
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString('utf8')) as (typeof heard)[number]); // the messages of the contract
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));

  let ready = true;
  const readiness: number[] = [];
  const balancer = (async () => {
    const agent = new Agent({ keepAlive: false });
    for (let lost = false; !lost;) {
      await sleep(20);
      const outcome = await ask(agent, 'GET', '/health/ready');
      lost = outcome.kind !== 'answered';
      if (outcome.kind === 'answered') readiness.push(outcome.status);
      if (lost || readiness.at(-1) === 503) ready = false;
    }
  })();
  const outcomes: Outcome[] = [];
  const isReady = (): boolean => ready;
  const asking = Array.from({ length: clients }, () => client(outcomes, isReady));
  while (outcomes.length < 200) await sleep(20);

  const begun = performance.now();
  process.kill(studio.pid(), 'SIGTERM');
  expect(await studio.exited()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
  await Promise.all([...asking, balancer]);

  expect(outcomes.filter(({ kind }) => kind === 'broken')).toEqual([]);
  const statuses = outcomes.flatMap((each) => (each.kind === 'answered' ? [each.status] : []));
  expect([...new Set(statuses)].sort()).toEqual([200, 202]);
  expect(outcomes.some((each) => each.kind === 'answered' && !each.mayGoOn)).toBe(true);
  expect(readiness[0]).toBe(200);
  expect(readiness.at(-1)).toBe(503);

  expect(await closed).toBe(1001);
  const last = heard.at(-1);
  expect([last?.type, last?.event]).toEqual(['connection', 'closing']);
  expect(last?.reconnect_after_ms).toBeGreaterThanOrEqual(500);
});
