import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { canvasNode, chain, save } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDesk, type Desk, type Running } from './command.ts';

const ada = 'ada@example.com';
const trigger = canvasNode('start', 'manual-trigger');
const shout = canvasNode('shout', 'transform', { expression: '$uppercase(trigger.name)' });
const wait = (durationMs: number) => canvasNode('wait', 'delay', { durationMs });
const unknown = '01900000-0000-7000-8000-000000000000';

let studio: StudioProcess;
let person: Person;
let desk: Desk;
beforeAll(async () => {
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, ada);
  desk = await createDesk();
  expect((await desk.studio('login', ada, '--data-dir', studio.dataDir, ...at())).code).toBe(0);
});
afterAll(async () => {
  await desk.leave();
  await studio.remove();
});
const at = () => ['--url', studio.origin()];
const events = async (id: string) =>
  (await person.call('GET', `/executions/${id}/events?limit=1000`)).body.items;
/** Answered once the read models have what the person saved: from then on every session finds it by its name. */
const listed = async (): Promise<void> => {
  await person.call('GET', '/workflows');
};

const shown = async ({ child, out }: Running, text: string): Promise<void> => {
  while (!out().includes(text) && child.exitCode === null) await sleep(20);
  expect(out()).toContain(text);
};

it('starts a workflow by its name and shows it to its end', async () => {
  await save(person, { ...chain(trigger, shout, wait(300)), name: 'Loud' });
  await listed();
  await writeFile(join(desk.home, 'data.json'), '{"name":"Ada"}');
  const started = await desk.studio('run', 'Loud', '--data', '@data.json', '--watch', ...at());
  expect([started.code, started.err]).toEqual([0, '']);
  const lines = started.out.trimEnd().split('\n');
  expect(lines[0]).toMatch(
    /^ {3}0 {2}\d\d:\d\d:\d\d\.\d{3} {2}WorkflowStarted .*\{"name":"Ada"\}$/,
  );
  expect(lines).toContainEqual(expect.stringMatching(/NodeCompleted +shout +ADA$/));
  expect(lines.at(-1)).toMatch(/WorkflowCompleted/);
});

it('shows a run that goes on while it looks, each fact once, as the API has them', async () => {
  const id = await save(person, { ...chain(trigger, shout, wait(1_500)), name: 'Slow' });
  const { json } = await desk.studio('run', id, '--data', '{"name":"Bo"}', '--json', ...at());
  const run = String(json()[0].id);
  const watched = await desk.studio('watch', run, '--json', ...at());
  expect(watched.code).toBe(0);
  expect(watched.json()).toEqual(await events(run));
  const again = await desk.studio('watch', run, '--json', ...at());
  expect(again.json()).toEqual(watched.json());
});

it('tells which open runs can go by another version, and has them do so', async () => {
  const hold = canvasNode('hold', 'wait-for-event', { signal: 'go' });
  const id = await save(person, { ...chain(trigger, hold), name: 'Long' });
  const { json } = await desk.studio('run', id, '--json', ...at());
  const run = String(json()[0].id);
  const awaited = async () => (await person.call('GET', `/executions/${run}`)).body.waiting_reason;
  while ((await awaited()) !== 'signal') await sleep(50);
  await person.call('PUT', `/workflows/${id}`, chain(trigger, hold, shout));
  const migrate = (...more: string[]) => desk.studio('workflows', 'migrate', id, ...more, ...at());
  const dry = await migrate('--to', '2');
  expect([dry.code, dry.out]).toEqual([0, expect.stringContaining(`${run}  v1  migratable`)]);
  expect((await migrate('--to', '2', '--apply')).out).toContain(`${run}  v1  migrated`);
  await person.call('PUT', `/workflows/${id}`, chain(trigger, shout));
  const refused = await migrate('--to', '3', '--apply');
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('node.gone: ')]);
  await person.call('POST', `/executions/${run}/signals/go`, { payload: {} });
  const shown = await desk.studio('watch', run, ...at());
  expect([shown.code, shown.out]).toEqual([0, expect.stringMatching(/NodeCompleted +shout/)]);
});

it('ends with 1 when the run does not complete', async () => {
  const broken = canvasNode('broken', 'transform', { expression: '$error("no \u001b[5m")' });
  const id = await save(person, { ...chain(trigger, broken), name: 'Broken' });
  const { code, out } = await desk.studio('run', id, '--watch', ...at());
  expect([code, out]).toEqual([1, expect.stringContaining('WorkflowFailed')]);
  expect(out).not.toContain('\u001b');
});

it('runs again from the beginning what has ended', async () => {
  const id = await save(person, { ...chain(trigger, shout), name: 'Again' });
  const begun = await desk.studio(
    'run',
    id,
    '--data',
    '{"name":"Di"}',
    '--watch',
    '--json',
    ...at(),
  );
  const run = String(begun.json()[0].data.executionId);
  const { code, json } = await desk.studio('rerun', run, '--watch', '--json', ...at());
  const [first] = json();
  expect([code, json().at(-1).data]).toEqual([0, { output: 'DI' }]);
  const { body } = await person.call('GET', `/executions/${first.data.executionId}`);
  expect(body).toMatchObject({ rerun_of: run, trigger_data: { name: 'Di' } });
  expect((await person.call('GET', `/executions/${run}`)).body.rerun_of).toBeNull();
});

it('sends a run back to an earlier node', async () => {
  const id = await save(person, { ...chain(trigger, shout, wait(3_600_000)), name: 'Back' });
  const { json } = await desk.studio('run', id, '--data', '{"name":"Ed"}', '--json', ...at());
  const run = String(json()[0].id);
  const watching = desk.begin('watch', run, '--json', ...at());
  await shown(watching, 'TimerSet');
  const back = await desk.studio('rewind', run, 'shout', '--reason', 'Louder', ...at());
  expect([back.code, back.out]).toEqual([0, `${run}\n`]);
  await person.call('POST', `/executions/${run}/cancel`);
  expect((await watching.ended).code).toBe(1);
  expect(watching.out()).toContain('WorkflowRewound');
  const again = await desk.studio('rewind', run, 'shout', ...at());
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('run it again')]);
});

it('watches a run that failed and was retried to its last end', async () => {
  const broken = canvasNode('broken', 'transform', { expression: '$error("no")' });
  const id = await save(person, { ...chain(trigger, broken), name: 'Broken again' });
  const { json } = await desk.studio('run', id, '--watch', '--json', ...at());
  const run = String(json()[0].data.executionId);
  expect((await person.call('POST', `/executions/${run}/retry`)).status).toBe(200);
  const watched = await desk.studio('watch', run, '--json', ...at());
  expect(watched.code).toBe(1);
  const facts = await events(run);
  expect(facts.filter(({ type }: { type: string }) => type === 'WorkflowFailed')).toHaveLength(2);
  expect(watched.json()).toEqual(facts);
  expect((await desk.studio('events', 'show', run, ...at())).out).toContain('WorkflowRetried');
});

it('goes on where it was when the studio was killed and came back', async () => {
  const id = await save(person, { ...chain(trigger, shout, wait(4_000)), name: 'Long' });
  const port = new URL(studio.origin()).port;
  const { json } = await desk.studio('run', id, '--json', ...at());
  const run = String(json()[0].id);
  const watching = desk.begin('watch', run, '--json', ...at());
  await shown(watching, 'TimerSet');
  await studio.kill();
  await studio.start({ PORT: port });
  const { code, json: facts } = await watching.ended;
  expect(code).toBe(0);
  expect(facts()).toEqual(await events(run));
});

it('shows what was recorded of a run, and how it stood after each fact', async () => {
  const id = await save(person, { ...chain(trigger, shout), name: 'Short' });
  const { json } = await desk.studio(
    'run',
    id,
    '--data',
    '{"name":"Cy"}',
    '--watch',
    '--json',
    ...at(),
  );
  const facts = json();
  const run = String(facts[0].data.executionId);
  const { out } = await desk.studio('events', 'show', run, ...at());
  expect(out.trimEnd().split('\n')).toHaveLength(facts.length);
  const later = await desk.studio('events', 'show', run, '--from', '2', '--json', ...at());
  expect(later.json()).toEqual(facts.slice(2));
  for (const revision of [0, facts.length - 1]) {
    const told = await desk.studio('replay', run, '--at', `${revision}`, '--json', ...at());
    const { body } = await person.call('GET', `/executions/${run}/replay?at=${revision}`);
    expect(told.json()).toEqual([body]);
  }
  const last = await desk.studio('replay', run, ...at());
  expect(last.out).toMatch(/^completed after fact (\d+) of 0 to \1\n {2}start +completed\n/);
  expect(last.out).toContain('output  "CY"\n');
  expect((await desk.studio('replay', run, '--at', '999', ...at())).code).toBe(3);
});

it('tells what is missing from what is wrong', async () => {
  for (const [code, ...args] of [
    [3, 'run', 'Nothing of the kind'],
    [3, 'run', unknown],
    [3, 'watch', unknown],
    [2, 'watch', 'that one'],
    [2, 'events', 'shown', unknown],
    [3, 'events', 'show', unknown],
    [2, 'watch'],
    [2, 'run', unknown, '--data', '{'],
    [2, 'run', unknown, '--data', '@missing.json'],
  ] as const) {
    const ended = await desk.studio(...args, ...at());
    expect([args, ended.code, ended.out]).toEqual([args, code, '']);
  }
  const graph = { ...chain(trigger), name: 'Twin' };
  const twins = [await save(person, graph), await save(person, graph)];
  await listed();
  const { code, err } = await desk.studio('run', 'Twin', ...at());
  expect(code).toBe(2);
  for (const id of twins) expect(err).toContain(id);
});
