import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, ended, save } from './canvas.ts';

let studio: StudioProcess;
let server: CountingServer;
let person: Person;
let workflowId: string;

beforeAll(async () => {
  server = await startCountingServer();
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  const call = canvasNode('call', 'http-request', { url: `${server.url}/call?{{trigger.of}}` });
  workflowId = await save(person, chain(canvasNode('begin', 'manual-trigger'), call));
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const startAt = async (of: string, scheduledAt: string): Promise<string> => {
  const { status, body } = await person.call('POST', '/executions', {
    ...{ workflow_id: workflowId, trigger_data: { of }, scheduled_at: scheduledAt },
  });
  expect([status, body.status]).toEqual([202, 'pending']);
  return String(body.id);
};
const read = async (id: string) => (await person.call('GET', `/executions/${id}`)).body;
const arrivals = (of: string) => server.arrivals().filter(({ path }) => path === `/call?${of}`);

describe('a run with scheduled_at', () => {
  it('is pending until its time, and begins then, once, by a studio that was killed meanwhile', async () => {
    const scheduledAt = inMs(6_000);
    const id = await startAt('later', scheduledAt);
    expect(await read(id)).toMatchObject({
      ...{ status: 'pending', scheduled_at: scheduledAt, started_at: null, completed_nodes: 0 },
      node_executions: [{ status: 'pending' }, { status: 'pending' }],
    });
    const pending = await person.call('GET', '/executions?status=pending');
    expect(pending.body.items.map((run: { id: string }) => run.id)).toEqual([id]);
    await studio.kill();
    await studio.start();
    const run = await ended(person, id);
    expect(run.status).toBe('completed');
    expect(arrivals('later')).toHaveLength(1);
    expect(arrivals('later')[0]?.atMs).toBeGreaterThanOrEqual(Date.parse(scheduledAt));
    expect(run.execution_log.map(({ event }: { event: string }) => event)).toContain(
      'StartTimeReached',
    );
  });

  it('begins as soon as somebody is there again when its time came while nobody was', async () => {
    const scheduledAt = inMs(3_000);
    const id = await startAt('missed', scheduledAt);
    expect((await read(id)).status).toBe('pending');
    await studio.kill();
    await sleep(Math.max(0, Date.parse(scheduledAt) - Date.now() + 100));
    expect(arrivals('missed')).toHaveLength(0);
    await studio.start();
    expect((await ended(person, id)).status).toBe('completed');
    expect(arrivals('missed')).toHaveLength(1);
  });

  it('can be cancelled before its time, and then never begins', async () => {
    const scheduledAt = inMs(3_000);
    const id = await startAt('cancelled', scheduledAt);
    const { status, body } = await person.call('POST', `/executions/${id}/cancel`);
    expect([status, body.status]).toEqual([200, 'cancelled']);
    const after = await startAt('after', new Date(Date.parse(scheduledAt) + 300).toISOString());
    expect((await ended(person, after)).status).toBe('completed');
    expect(await read(id)).toMatchObject({ status: 'cancelled', started_at: null });
    expect(arrivals('cancelled')).toHaveLength(0);
  });

  it('begins at once when its time is past', async () => {
    const id = await startAt('past', '2001-02-03T04:05:06Z');
    expect((await ended(person, id)).status).toBe('completed');
    expect(arrivals('past')).toHaveLength(1);
  });
});
