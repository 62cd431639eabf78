import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, edge, ended, save, start } from './canvas.ts';

let studio: StudioProcess;
let server: CountingServer;
let person: Person;
let workspaceId: string;

const signInAgain = async (): Promise<void> => {
  person = await signIn(studio, 'ada@example.org');
};
beforeAll(async () => {
  server = await startCountingServer();
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  await signInAgain();
  workspaceId = String((await person.call('GET', '/auth/me')).body.workspace_id);
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

const call = (path: string) => canvasNode('call', 'http-request', { url: `${server.url}${path}` });
const wait = (durationMs: number) => canvasNode('wait', 'delay', { durationMs });
const halt = (scope: string, body: object = {}) => person.call('POST', `/${scope}/halt`, body);
const release = (scope: string) => person.call('POST', `/${scope}/release`);
const read = async (id: string) => (await person.call('GET', `/executions/${id}`)).body;
const until = async (id: string, holds: (run: Awaited<ReturnType<typeof read>>) => boolean) => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const run = await read(id);
    if (holds(run)) return run;
    if (performance.now() > deadline) throw new Error(`never: ${JSON.stringify(run)}`);
    await sleep(25);
  }
};
/** Answers what the run asks of people. */
const approve = async (id: string): Promise<number> => {
  const { body } = await person.call('GET', `/executions/${id}/events`);
  const [asked] = body.items.filter(({ type }: { type: string }) => type === 'ApprovalRequested');
  return (await person.call('POST', `/approvals/${id}.${asked.revision}/approve`)).status;
};
const isPaused = ({ status }: { status: string }): boolean => status === 'paused';
const startWith = (workflow: string) =>
  person.call('POST', '/executions', { workflow_id: workflow });

describe('the kill switch of a workflow', () => {
  it('has what runs stand still, refuses what would start, and lets go of both', async () => {
    const nodes = [canvasNode('ask', 'approval'), call('/late')];
    const connections = [edge('ask', 'call', 'approved')];
    const workflow = await save(person, { nodes, connections });
    const scope = `workflows/${workflow}`;
    const id = await start(person, workflow);
    await until(id, ({ waiting_reason }) => waiting_reason === 'approval');
    expect(await halt(scope, { reason: 'Wrong customers' })).toMatchObject({
      status: 200,
      body: { scope: 'workflow', id: workflow, halted: true, runs: 'pause' },
    });
    await until(id, isPaused);
    expect(await startWith(workflow)).toMatchObject({
      status: 409,
      body: { code: 'workflow.halted', detail: 'The workflow is halted: Wrong customers' },
    });
    expect(await person.call('POST', `/executions/${id}/resume`)).toMatchObject({ status: 409 });
    expect(await person.call('DELETE', `/${scope}`)).toMatchObject({ status: 409 });
    const other = await start(person, await save(person, chain(call('/other'))));
    expect((await ended(person, other)).status).toBe('completed');

    await studio.kill();
    await studio.start();
    await signInAgain();
    expect((await person.call('GET', `/${scope}/halt`)).body).toMatchObject({
      ...{ halted: true, reason: 'Wrong customers' },
    });
    expect(await approve(id)).toBe(200);
    expect((await read(id)).status).toBe('paused');
    expect(server.arrivals().filter(({ path }) => path === '/late')).toEqual([]);
    expect((await release(scope)).body).toMatchObject({ halted: false, runs: null });
    expect((await ended(person, id)).status).toBe('completed');
    expect(server.arrivals().filter(({ path }) => path === '/late')).toHaveLength(1);
    expect((await startWith(workflow)).status).toBe(202);
  });

  it('leaves to people what people paused', async () => {
    const workflow = await save(person, chain(wait(3_600_000)));
    const [mine, its] = [await start(person, workflow), await start(person, workflow)];
    await until(mine, ({ waiting_reason }) => waiting_reason === 'timer');
    await person.call('POST', `/executions/${mine}/pause`);
    await halt(`workflows/${workflow}`);
    await until(its, isPaused);
    await release(`workflows/${workflow}`);
    await until(its, ({ status }) => status === 'running');
    expect((await read(mine)).status).toBe('paused');
  });

  it('waits with schedules, whose firings count as missed', async () => {
    const trigger = { everyMs: 1_000, catchUp: 'skip' };
    const graph = chain(canvasNode('begin', 'schedule-trigger', trigger), call('/tick'));
    const workflow = await save(person, graph);
    const ticks = () => server.arrivals().filter(({ path }) => path === '/tick').length;
    await halt(`workflows/${workflow}`);
    await person.call('PATCH', `/workflows/${workflow}/status`, { status: 'published' });
    const other = await start(person, await save(person, chain(wait(2_500))));
    await ended(person, other);
    expect(ticks()).toBe(0);
    await release(`workflows/${workflow}`);
    const deadline = performance.now() + 60_000;
    while (ticks() === 0 && performance.now() < deadline) await sleep(25);
    expect(ticks()).toBeGreaterThan(0);
    await person.call('PATCH', `/workflows/${workflow}/status`, { status: 'draft' });
  });
});

describe('the kill switch of a workspace', () => {
  afterEach(async () => {
    await release(`workspaces/${workspaceId}`);
  });

  it('cancels what runs, where it says so, and refuses starts of every kind', async () => {
    server.behave('/hang', { hang: true });
    const hook = await save(person, chain(canvasNode('begin', 'webhook-trigger'), call('/hang')));
    await person.call('PATCH', `/workflows/${hook}/status`, { status: 'published' });
    const issued = await person.call('POST', `/workflows/${hook}/webhook`, { signature: 'none' });
    const id = await start(person, hook);
    await until(id, ({ status }) => status === 'running');
    expect(await halt(`workspaces/${workspaceId}`, { runs: 'cancel' })).toMatchObject({
      ...{ status: 200, body: { scope: 'workspace', halted: true, runs: 'cancel' } },
    });
    expect((await ended(person, id)).status).toBe('cancelled');
    expect(await startWith(hook)).toMatchObject({ body: { code: 'workspace.halted' } });
    const delivery = await fetch(`${studio.origin()}${String(issued.body.path)}`, {
      method: 'POST',
    });
    expect(delivery.status).toBe(409);
    expect(await person.call('POST', `/executions/${id}/retry`)).toMatchObject({ status: 409 });
  });

  it('is for those who answer for the workspace', async () => {
    const stranger = await signIn(studio, 'eve@example.org');
    expect(await stranger.call('POST', `/workspaces/${workspaceId}/halt`)).toMatchObject({
      ...{ status: 404, body: { code: 'workspace.not_found' } },
    });
    expect(await halt(`workspaces/${workspaceId}`, { runs: 'explode' })).toMatchObject({
      status: 422,
    });
    expect((await person.call('GET', `/workspaces/${workspaceId}/halt`)).body.halted).toBe(false);
  });
});
