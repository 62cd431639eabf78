import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionId } from '@studio/contracts';
import { deterministicId } from '@studio/infra';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const ada = deterministicId(['account', 'ada@example.org']);
const asking = (more: object = {}) =>
  aNode('ask', 'approval', { assignees: ['Ada@example.org'], ...more });
const pending = async (id: ExecutionId, instanceId = 'ask') => {
  const run = await engine.until(
    id,
    ({ instances }) => instances.get(instanceId)?.status === 'awaiting_approval',
  );
  const state = run.instances.get(instanceId);
  const requestedAt = state?.status === 'awaiting_approval' ? state.requestedAt : -1;
  const approval = run.approvals.get(requestedAt);
  if (!approval) throw new Error('nothing is asked');
  return approval;
};
const approve = (requestedAt: number): ExecutionCommand => ({
  type: 'AnswerApproval',
  data: {
    ...{ requestedAt, decision: 'approve', by: { userId: ada, via: 'session' }, role: null },
    ...{ comment: 'Fine', edited: null, seenHash: null },
  },
});
const ofType = async (id: ExecutionId, type: string) =>
  (await engine.facts(id)).filter((fact) => fact.type === type);

it('asks by e-mail, waits through restarts, and goes on once it is answered', async () => {
  const definition = {
    nodes: [
      asking({ title: 'Pay {{ trigger.sum }}?' }),
      aNode('paid', 'transform', { expression: 'input.comment & "!"' }),
    ],
    connections: [anEdge('ask', 'paid', 'approved')],
  };
  const id = await engine.start(definition, { sum: 7 });
  const approval = await pending(id);
  expect(approval).toMatchObject({
    ...{ title: 'Pay 7?', payload: { sum: 7 }, deadline: null },
    assignees: [{ kind: 'user', userId: ada }],
  });
  await engine.restart();
  await engine.order(id, approve(approval.requestedAt));
  await engine.restart();
  expect((await engine.ended(id)).output).toBe('Fine!');
  expect(await ofType(id, 'ApprovalRequested')).toHaveLength(1);
});

it('asks in branches side by side, each for itself', async () => {
  const ask = (node: string) => aNode(node, 'approval', { assignees: [ada], payload: node });
  const id = await engine.start({ nodes: [ask('left'), ask('right')], connections: [] });
  const [left, right] = [await pending(id, 'left'), await pending(id, 'right')];
  await engine.order(id, approve(right.requestedAt));
  await engine.order(id, approve(left.requestedAt));
  expect((await engine.ended(id)).output).toMatchObject({
    left: { decision: 'approved', payload: 'left' },
    right: { decision: 'approved', payload: 'right' },
  });
});

it('goes back by an answer, with its deadline, and asks anew about what was made anew', async () => {
  const draft = aNode('draft', 'transform', { expression: '"Dear " & trigger.name' });
  const ask = asking({ deadlineMs: 3_600_000 });
  const id = await engine.start(aChain([draft, ask]), { name: 'Ada' });
  const { requestedAt } = await pending(id);
  await engine.order(id, {
    type: 'SendApprovalBack',
    data: {
      ...{ requestedAt, nodeId: 'draft', by: { userId: ada, via: 'session' }, role: null },
      ...{ comment: 'Too stiff', seenHash: null, now: '2026-01-01T00:00:00.000Z' },
    },
  });
  await engine.restart();
  const again = await pending(id);
  expect(again).toMatchObject({ attempt: 2, generation: 1, payload: 'Dear Ada' });
  expect(again.requestedAt).toBeGreaterThan(requestedAt);
  await engine.order(id, approve(again.requestedAt));
  expect((await engine.ended(id)).output).toMatchObject({ decision: 'approved' });
  expect(await ofType(id, 'TimerCancelled')).toMatchObject([
    { data: { timerId: `approval:${requestedAt}` } },
  ]);
});

it('escalates, then expires, each once, also when nobody was there at the time', async () => {
  const id = await engine.start(
    aChain([
      asking({
        ...{ deadlineMs: 400, escalationMs: 400, onDeadline: 'reject' },
        escalateTo: ['boss@example.org'],
      }),
    ]),
  );
  await engine.until(id, ({ approvals }) => approvals.size > 0);
  await engine.executor().level(await engine.log.lastPosition());
  await engine.executor().stop(0);
  await new Promise((resolve) => setTimeout(resolve, 600)); // the deadline passes with nobody there
  await engine.restart();
  expect((await engine.ended(id)).output).toMatchObject({ decision: 'expired' });
  expect(await ofType(id, 'ApprovalEscalated')).toHaveLength(1);
  expect(await ofType(id, 'ApprovalExpired')).toHaveLength(1);
});

it('fails a node that asks nobody', async () => {
  const id = await engine.start(aChain([aNode('ask', 'approval', { assignees: [] })]));
  const { status, failure } = await engine.ended(id);
  expect([status, failure?.error.code]).toEqual(['failed', 'kind.config_invalid']);
});
