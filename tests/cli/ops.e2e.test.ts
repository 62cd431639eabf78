import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import {
  createStudio,
  newestCode,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { until } from '../http/until.ts';
import { createDesk, type Desk } from './command.ts';

let studio: StudioProcess;
let person: Person;
let desk: Desk;
let stream: string;

const enter = async (email: string): Promise<Desk> => {
  const entered = await createDesk({ STUDIO_URL: studio.origin() });
  await person.call('POST', '/auth/request-otp', { email });
  const code = await newestCode(studio.dataDir);
  expect((await entered.studio('login', email, '--code', code)).code).toBe(0);
  return entered;
};

beforeAll(async () => {
  studio = await createStudio({ env: { ADMIN_EMAILS: 'Ada@example.com' } });
  await studio.start();
  person = await signIn(studio, 'ada@example.com');
  desk = await enter('ada@example.com');
  const graph = chain(
    canvasNode('start', 'manual-trigger'),
    canvasNode('wait', 'delay', { durationMs: 1 }),
  );
  const id = await start(person, await save(person, graph), { secret: 'hush' });
  await ended(person, id);
  stream = `execution-${id}`;
});
afterAll(async () => {
  await desk.leave();
  await studio.remove();
});

it('lists streams and reads one, from either end', async () => {
  const listed = await desk.studio('ops', 'streams', '--category', 'execution', '--json');
  expect([listed.code, listed.json()]).toMatchObject([0, [{ stream, category: 'execution' }]]);
  expect((await desk.studio('ops', 'streams', '--prefix', 'user-')).out).toMatch(
    /^\S+Z +\d+ {2}user-\S+\n$/,
  );
  const types = async (...args: string[]) =>
    (await desk.studio('ops', 'stream', stream, ...args, '--json')).json().map(({ type }) => type);
  const facts = await types();
  expect(facts).toEqual(expect.arrayContaining(['WorkflowStarted', 'TimerSet', 'TimerFired']));
  expect(await types('--last', '--limit', '1')).toEqual(['WorkflowCompleted']);
  expect(await types('--from', '1')).toEqual(facts.slice(1));
});

it('finds events of the whole log, and shows nothing that is sealed', async () => {
  const found = await desk.studio('ops', 'events', '--type', 'WorkflowStarted', '--json');
  expect([found.code, found.json()]).toMatchObject([0, [{ stream, type: 'WorkflowStarted' }]]);
  expect(found.out).not.toContain('hush');
  expect(found.json()[0].data.trigger).toEqual({ $sealed: { key: expect.any(String) } });
  const since = found.json()[0].metadata.occurredAt;
  const later = await desk.studio('ops', 'events', '--since', since, '--last');
  expect(later.out.split('\n')[0]).toMatch(/^ +\d+ {2}\S+Z {2}WorkflowCompleted +execution-/);
  expect((await desk.studio('ops', 'events', '--actor', 'nobody')).code).toBe(3);
});

it('tells what led to an event and what followed', async () => {
  const facts = (await desk.studio('ops', 'stream', stream, '--json')).json();
  const timer = facts.find(({ type }) => type === 'TimerSet');
  const { code, out } = await desk.studio('ops', 'causality', timer.eventId);
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^request \S+\nWorkflowStarted [^]*\n> TimerSet [^]*\n {2}TimerFired /),
  ]);
  expect((await desk.studio('ops', 'causality', stream.replace('execution-', ''))).code).toBe(3);
});

it('tells how far every subscriber is', async () => {
  const { code, out } = await desk.studio('ops', 'subscriptions');
  expect(code).toBe(0);
  for (const name of ['engine index', 'executor', 'key eviction', 'projection executions v'])
    expect(out).toMatch(new RegExp(`^${name}.* (level|behind) +\\d+ +\\d+ +\\d+ .*all$`, 'm'));
});

it('tells who brings runs forward, and what they have in hand', async () => {
  const all = Array.from({ length: 64 }, (_, shard) => shard);
  const items = async () => (await desk.studio('executors', '--json')).json()[0].items;
  // What it holds is told at each beat, so for a moment it still holds the run that ended above.
  await until(async () => {
    const [told] = await items();
    return told.shards.length === all.length && told.live_runs === 0;
  });
  expect(await items()).toEqual([
    {
      ...{ owner: expect.any(String), role: 'all', state: 'beating', stuck_runs: [], shards: all },
      ...{ started_at: expect.any(String), last_beat_at: expect.any(String) },
      ...{ silent_ms: expect.any(Number), live_runs: 0, effects_in_flight: 0 },
      stuck_runs: [],
    },
  ]);
  expect((await desk.studio('executors')).out).toMatch(/^\S+ +all +beating +64 +0 +0 +0 +\d+$/m);
});

it('explains itself, and is for administrators alone', async () => {
  const grace = await enter('grace@example.com');
  for (const [code, who, ...args] of [
    [1, grace, 'events'],
    [1, grace, 'subscriptions'],
    [2, desk, 'nothing'],
    [2, desk],
    [2, desk, 'stream'],
    [2, desk, 'events', '--since', 'yesterday'],
    [3, desk, 'stream', 'execution-none'],
  ] as const)
    expect([args, (await who.studio('ops', ...args)).code]).toEqual([args, code]);
  await grace.leave();
  expect((await desk.studio('ops', '--help')).out).toContain('Example: npm run studio -- ops');
});
