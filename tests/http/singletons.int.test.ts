import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';
import { executionStream } from '@studio/contracts';
import { newId } from '@studio/infra';

import { deliver, issue, webhookTrigger } from '../fixtures/webhookSender.ts';
import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

/** There is no executor here: every run stays open until it is cancelled. */
let side: WriteSide;
let ada: SignedIn;
beforeAll(async () => {
  side = await startWriteSide();
  ada = await side.signIn('ada@example.org');
});
afterAll(() => side.stop());

const saved = async (limit: object): Promise<string> => {
  const limits = [{ most: 1, ...limit }];
  const graph = { name: 'One at a time', nodes: [webhookTrigger()], settings: { limits } };
  const { body } = await ada.call('POST', '/workflows', graph);
  return String(body.id);
};
const start = (workflowId: string, trigger: object = {}, headers: Record<string, string> = {}) =>
  ada.call('POST', '/executions', { workflow_id: workflowId, trigger_data: trigger }, headers);
const started = async (workflowId: string, trigger: object = {}): Promise<string> => {
  const { status, body } = await start(workflowId, trigger);
  expect(status).toBe(202);
  return String(body.id);
};
const cancel = async (id: string): Promise<void> => {
  expect((await ada.call('POST', `/executions/${id}/cancel`)).status).toBe(200);
};
const isThere = async (id: string): Promise<boolean> =>
  (await side.log.head(executionStream(id as ExecutionId))) !== null; // as it was answered
const refusedFor = (id: string) => ({
  status: 409,
  body: { code: 'execution.place_taken', execution_id: id },
});

describe('a workflow of which one run at a time may be open', () => {
  it('refuses another start and names the open run, until that has ended', async () => {
    const workflowId = await saved({ whenTaken: 'refuse' });
    const first = await started(workflowId);
    expect(await start(workflowId)).toMatchObject(refusedFor(first));
    const older = await ada.call('POST', `/workflows/${workflowId}/executions`, {});
    expect(older).toMatchObject(refusedFor(first));
    await cancel(first);
    const second = await started(workflowId);
    expect(await start(workflowId)).toMatchObject(refusedFor(second));
  });

  it('skips it where its settings say so, by either route', async () => {
    const workflowId = await saved({ whenTaken: 'skip' });
    const id = await started(workflowId);
    const skipped = { status: 200, body: { id, workflow_id: workflowId, skipped: true } };
    expect(await start(workflowId)).toMatchObject(skipped);
    const older = await ada.call('POST', `/workflows/${workflowId}/executions`, {});
    expect(older).toMatchObject(skipped);
  });

  it('takes each start where they are queued', async () => {
    const workflowId = await saved({ whenTaken: 'queue' });
    await started(workflowId);
    await started(workflowId);
  });

  it('counts by key, and leaves a key that cannot be told to the run', async () => {
    const workflowId = await saved({ per: 'trigger.customer', whenTaken: 'refuse' });
    const acme = await started(workflowId, { customer: 'acme' });
    await started(workflowId, { customer: 'other' });
    expect(await start(workflowId, { customer: 'acme' })).toMatchObject(refusedFor(acme));
    const broken = await saved({ per: '$number(trigger.n)', whenTaken: 'refuse' });
    await started(broken, { n: 'no number' });
    await started(broken, { n: 'no number' });
  });

  it('lets one in of many that come at once', async () => {
    const workflowId = await saved({ whenTaken: 'refuse' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => start(workflowId)));
    const open = answers.filter(({ status }) => status === 202);
    expect(open).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 202);
    for (const other of others) expect(other).toMatchObject(refusedFor(open[0]?.body.id));
  });

  it('answers a repeated request as the first time, whatever has become of its run', async () => {
    const workflowId = await saved({ whenTaken: 'refuse' });
    const key = { 'Idempotency-Key': newId() };
    const first = await start(workflowId, {}, key);
    expect(first.status).toBe(202);
    expect(await start(workflowId, {}, key)).toMatchObject({ status: 202, body: first.body });
    await cancel(String(first.body.id));
    await started(workflowId);
    expect(await start(workflowId, {}, key)).toMatchObject({ status: 202, body: first.body });
  });

  it('waits some seconds for a run whose start was not recorded, and no longer', async () => {
    const workflowId = await saved({ whenTaken: 'refuse' });
    await cancel(await started(workflowId));
    const lost = newId(); // as after a kill -9 between the two
    const { rowCount } = await side.pool.query(
      `update state.singletons set execution_id = $1, taken_at = clock_timestamp()
        where taken_at = (select max(taken_at) from state.singletons)`,
      [lost],
    );
    expect(rowCount).toBe(1);
    expect(await start(workflowId)).toMatchObject(refusedFor(lost));
    await side.pool.query(
      `update state.singletons set taken_at = taken_at - interval '1 minute' where execution_id = $1`,
      [lost],
    );
    const id = await started(workflowId);
    expect([await isThere(lost), await isThere(id)]).toEqual([false, true]);
  });

  it.each([
    ['refuse', 409, { code: 'execution.place_taken' }],
    ['skip', 202, { status: 'skipped' }],
  ])('has its webhook %s a delivery', async (whenTaken, status, body) => {
    const workflowId = await saved({ whenTaken });
    await ada.call('PATCH', `/workflows/${workflowId}/status`, { status: 'published' });
    const hook = await issue(ada, workflowId);
    const first = await deliver(side.origin, hook, { id: 'one' });
    expect([first.status, first.body.status]).toEqual([202, 'pending']);
    const { execution_id } = first.body;
    const second = await deliver(side.origin, hook, { id: 'two' });
    expect(second).toMatchObject({ status, body: { ...body, execution_id } });
    const again = await deliver(side.origin, hook, { id: 'one' });
    expect(again).toMatchObject({ status: 202, body: first.body });
  });
});
