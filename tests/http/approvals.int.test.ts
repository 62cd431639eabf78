import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Assignee, ExecutionCommand, ExecutionId } from '@studio/contracts';
import { executionStream } from '@studio/contracts';
import { handle, run } from '@studio/domain';
import { createPatience, newId, seenHash, systemClock } from '@studio/infra';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let ada: SignedIn;
let grace: SignedIn;
let eve: SignedIn;
beforeAll(async () => {
  studio = await startWriteSide();
  ada = await studio.signIn('ada@example.org');
  grace = await studio.signIn('grace@example.org');
  eve = await studio.signIn('eve@example.org');
});
afterAll(() => studio.stop());

/** Gives a run an order as the executor would. */
const asExecutor = (id: string, command: ExecutionCommand) =>
  handle({ log: studio.log, newId, patience: createPatience() }, run, {
    stream: executionStream(id as ExecutionId), // it is one
    command,
    cause: {
      ...{ correlationId: 'test', causationId: 'test', commandId: 'test' },
      ...{ actor: { kind: 'executor', id: 'test' }, workspaceId: ada.workspaceId },
      occurredAt: systemClock(),
    },
    keys: ({ keyId }) => ({ run: keyId }),
  });

const shown = { title: 'Pay?', message: null, payload: { sum: 7 } };
/** A run of Ada's that asks; the id of what it asks. */
const asked = async (
  more: { assignees?: readonly Assignee[]; quorum?: number; editable?: boolean } = {},
): Promise<string> => {
  const position = { x: 0, y: 0 };
  const data = { kind: 'approval', config: {} };
  const graph = { name: 'W', nodes: [{ id: 'ask', type: 'logic', position, data }] };
  const { body: workflow } = await ada.call('POST', '/workflows', graph);
  const { body } = await ada.call('POST', '/executions', { workflow_id: workflow.id });
  const request = {
    ...{ instanceId: 'ask', ...shown, seenHash: seenHash(shown), quorum: 1, rejections: 1 },
    ...{ editable: false, deadline: null },
    assignees: [
      { kind: 'role' as const, role: 'editor' as const },
      { kind: 'user' as const, userId: grace.userId },
    ],
  };
  await asExecutor(String(body.id), {
    type: 'RequestApproval',
    data: { ...request, ...more, assignees: [...(more.assignees ?? request.assignees)] },
  });
  return `${body.id}.1`;
};
const answer = (person: SignedIn, id: string, how: string, body: object = {}) =>
  person.call('POST', `/approvals/${id}/${how}`, body);
const factsOf = async (id: string) =>
  studio.log.readStream(executionStream(id.split('.')[0] as ExecutionId)); // of that form

it('takes the answer of whoever was asked, by name or by role', async () => {
  for (const [person, via] of [[ada, 'role'] as const, [grace, 'name'] as const]) {
    const id = await asked();
    const { status, body, headers } = await answer(person, id, 'approve', { comment: via });
    expect([status, body]).toEqual([
      200,
      {
        ...{ success: true, message: 'Answer recorded', approval_id: id },
        ...{ execution_id: id.split('.')[0], status: 'granted', approvals: 1, quorum: 1 },
        ...{ rejections: 0, rejection_quorum: 1 },
      },
    ]);
    expect(headers.get('studio-position')).toMatch(/:\d+$/);
    const [granted] = (await factsOf(id)).filter(({ type }) => type === 'ApprovalGranted');
    expect(granted).toMatchObject({
      data: { by: { userId: person.userId, via: 'session' }, seenHash: seenHash(shown) },
      metadata: { actor: { kind: 'user', id: person.userId } },
    });
  }
});

it('lets the first of two answers at the same instant stand, and tells the other so', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await asked();
    const answers = await Promise.all([answer(ada, id, 'approve'), answer(grace, id, 'reject')]);
    const [won] = answers.filter(({ status }) => status === 200);
    const [lost] = answers.filter(({ status }) => status !== 200);
    expect([lost?.status, lost?.body.code]).toEqual([400, 'approval.answered']);
    const stands = {
      granted: { decision: 'approve', answered_by: ada.userId },
      rejected: { decision: 'reject', answered_by: grace.userId },
    };
    const status = won?.body.status as keyof typeof stands; // it decided
    expect(lost?.body).toMatchObject({ status: 400, ...stands[status] });
    const types = (await factsOf(id)).map(({ type }) => type);
    expect(types.filter((type) => type === 'NodeCompleted')).toHaveLength(1);
  }
});

it('takes the same answer of the same person twice', async () => {
  const id = await asked();
  for (const { status, body } of [
    await answer(ada, id, 'reject', { comment: 'No' }),
    await answer(ada, id, 'reject', { comment: 'No' }),
  ])
    expect([status, body.status]).toEqual([200, 'rejected']);
  expect((await factsOf(id)).filter(({ type }) => type === 'ApprovalRejected')).toHaveLength(1);
});

it('counts to the quorum', async () => {
  const id = await asked({ quorum: 2 });
  expect((await answer(ada, id, 'approve')).body).toMatchObject({
    status: 'pending',
    approvals: 1,
  });
  expect((await answer(grace, id, 'approve')).body).toMatchObject({
    ...{ status: 'granted', approvals: 2 },
  });
});

it('takes what was changed, where that is allowed, and refuses answers about something else', async () => {
  const id = await asked({ quorum: 2, editable: true });
  const payload = { sum: 5 };
  expect((await answer(ada, id, 'approve', { payload })).status).toBe(200);
  const stale = await answer(grace, id, 'approve', { seen_hash: seenHash(shown) });
  expect([stale.status, stale.body.code]).toEqual([400, 'approval.changed']);
  const fresh = { seen_hash: seenHash({ ...shown, payload }) };
  expect((await answer(grace, id, 'approve', fresh)).body.status).toBe('granted');
  const completed = (await factsOf(id)).find(({ type }) => type === 'NodeCompleted');
  expect(completed?.data).toMatchObject({ handle: 'approved', output: { payload, edited: true } });
  const fixed = await answer(ada, await asked(), 'approve', { payload });
  expect([fixed.status, fixed.body.code]).toEqual([400, 'approval.not_editable']);
});

it('is hidden from strangers, and refuses members who were not asked', async () => {
  const id = await asked({ assignees: [{ kind: 'user', userId: grace.userId }] });
  const before = await studio.log.lastPosition();
  const hidden = [
    await answer(eve, id, 'approve'),
    await answer(ada, `${newId()}.1`, 'approve'),
    await answer(ada, id.replace(/1$/, '0'), 'approve'),
  ];
  for (const { status, body } of hidden)
    expect([status, body.code]).toEqual([404, 'approval.not_found']);
  const member = await answer(ada, id, 'approve');
  expect([member.status, member.body.code]).toEqual([403, 'approval.not_assigned']);
  expect(await studio.log.lastPosition()).toBe(before);
});

it.each(['nonsense', newId(), `${newId()}.x`])('refuses the id %s', async (id) => {
  const { status, body } = await answer(ada, id, 'approve');
  expect([status, body.detail[0].loc]).toEqual([422, ['path', 'approvalId']]);
});

it('is over with its run', async () => {
  const id = await asked();
  await ada.call('POST', `/executions/${id.split('.')[0]}/cancel`);
  const { status, body } = await answer(grace, id, 'approve');
  expect([status, body.code]).toEqual([400, 'approval.not_pending']);
});

it('has the run go back by an answer', async () => {
  const position = { x: 0, y: 0 };
  const nodes = ['draft', 'ask'].map((id) => ({
    ...{ id, type: 'logic', position },
    data: { kind: id === 'ask' ? 'approval' : 'noop', config: {} },
  }));
  const graph = { name: 'W', nodes, connections: [{ source: 'draft', target: 'ask' }] };
  const { body: workflow } = await ada.call('POST', '/workflows', graph);
  const { body } = await ada.call('POST', '/executions', { workflow_id: workflow.id });
  const place = { instanceId: 'draft', epoch: 1, attempt: 1 };
  const effect = { effect: 'idempotent', idempotencyKey: 'k', input: {} } as const;
  await asExecutor(body.id, { type: 'StartNode', data: { ...place, ...effect } });
  const outcome = { handle: 'output', output: 'Dear', turns: [] };
  await asExecutor(body.id, { type: 'CompleteNode', data: { ...place, ...outcome } });
  await asExecutor(body.id, {
    type: 'RequestApproval',
    data: {
      ...{ instanceId: 'ask', ...shown, seenHash: seenHash(shown), quorum: 1, rejections: 1 },
      ...{ editable: false, deadline: null },
      assignees: [{ kind: 'user', userId: grace.userId }],
    },
  });
  const id = `${body.id}.3`;
  const order = { node_id: 'draft', comment: 'Too stiff' };
  const stale = await answer(grace, id, 'send-back', { ...order, seen_hash: 'f'.repeat(64) });
  expect([stale.status, stale.body.code]).toEqual([400, 'approval.changed']);
  expect((await answer(ada, id, 'send-back', order)).status).toBe(403);
  expect((await answer(eve, id, 'send-back', order)).status).toBe(404);
  expect((await answer(grace, id, 'send-back')).status).toBe(422);
  for (const { status, body: said } of [
    await answer(grace, id, 'send-back', order),
    await answer(grace, id, 'send-back', order),
  ])
    expect([status, said.status]).toEqual([200, 'sent_back']);
  expect((await factsOf(id)).slice(-2)).toMatchObject([
    { type: 'WorkflowRewound', data: { toNode: 'draft', reason: 'Too stiff' } },
    { type: 'ApprovalSentBack', metadata: { actor: { id: grace.userId } } },
  ]);
  const late = await answer(grace, id, 'approve');
  expect([late.status, late.body.code]).toEqual([400, 'approval.answered']);
});
