import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { StoredEvent } from '@studio/contracts';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { aPrefix, namedServer } from '../fixtures/eventStoreDb.ts';
import { startImitationApart } from '../fixtures/eventStoreDbImitation/apart.ts';
import { createStudio, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { wholeLog } from '../fixtures/wholeLog.ts';
import { createDesk, type Desk } from './command.ts';

/** The server that the tests were given, or an imitation of one. */
const server = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const url = namedServer();
  return url === undefined ? startImitationApart() : { url, stop: async () => undefined };
};
const { url, stop } = await server();
const log = { EVENTSTOREDB_URL: url, EVENTSTOREDB_PREFIX: aPrefix() };

let studio: StudioProcess;
let desk: Desk;
let runId: string;
let events: readonly StoredEvent[];
beforeAll(async () => {
  studio = await createStudio({ embedded: true, env: log });
  await studio.start();
  const person = await signIn(studio, 'ada@example.com');
  const shout = canvasNode('shout', 'transform', { expression: 'trigger.n + 1' });
  const id = await save(person, chain(canvasNode('start', 'manual-trigger'), shout));
  runId = await start(person, id, { n: 1 });
  await ended(person, runId);
  await studio.stop();
  events = await wholeLog(studio.logAddress());
  await studio.start();
  desk = await createDesk({ DATA_DIR: studio.dataDir, ...log });
});
afterAll(async () => {
  await desk.leave();
  await studio.remove();
  await stop();
});

it('verifies the log, up to the head that the studio signed', async () => {
  const { code, json } = await desk.studio('verify', '--json');
  const streams = new Set(events.map(({ stream }) => stream)).size;
  const signed = { position: String(events.at(-1)?.position), signed_at: expect.any(String) };
  const whole = { verified: true, events: events.length, streams, signed_head: signed };
  expect([code, json()]).toMatchObject([0, [whole]]);
  const one = await desk.studio('verify', '--stream', `execution-${runId}`);
  expect([one.code, one.out]).toEqual([
    0,
    expect.stringMatching(/^\d+ events of 1 streams verify/),
  ]);
});

it.each([1, 2, 1_000_000])('shows the last %i events', async (lines) => {
  const tail = await desk.studio('events', 'tail', '--lines', String(lines), '--once', '--json');
  const last = events.slice(-lines).map(({ position }) => String(position));
  expect(tail.json().map(({ position }) => position)).toEqual(last);
});

it('finds events in all of the log', async () => {
  const { code, json } = await desk.studio(
    'events',
    'grep',
    'shout',
    '--type',
    'NodeCompleted',
    '--json',
  );
  expect([code, json()]).toMatchObject([0, [{ stream: `execution-${runId}` }]]);
});

it('rebuilds a projection from it', async () => {
  const { code, out } = await desk.studio('projections', 'rebuild', 'executions');
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^executions shows v\d+b1 in place of v\d+\n$/),
  ]);
  const list = await desk.studio('projections', 'list', '--json');
  expect(list.json()[0]).toContainEqual(expect.objectContaining({ name: 'executions', behind: 0 }));
});

it('refuses a log that the database was not made from, and says when a server is out of reach', async () => {
  for (const [code, env, says] of [
    [1, { EVENTSTOREDB_URL: '' }, 'belongs to another log'],
    [1, { EVENTSTOREDB_PREFIX: aPrefix() }, 'belongs to another log'],
    [2, { EVENTSTOREDB_URL: 'http://127.0.0.1:2113' }, 'EVENTSTOREDB_URL: must be'],
    [5, { EVENTSTOREDB_URL: 'esdb://u:secret@127.0.0.1:1?tls=false' }, 'cannot be reached'],
  ] as const) {
    const other = await createDesk({ ...desk.env, ...env });
    const { code: ended, out, err } = await other.studio('verify');
    await other.leave();
    expect([env, ended, out, err]).toEqual([env, code, '', expect.stringContaining(says)]);
    expect(err).not.toContain('secret');
  }
});
