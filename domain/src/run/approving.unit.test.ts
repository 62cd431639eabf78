import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, nodeFailed, place, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { approvalStatus, decide, fold, initialRun, plan } from './index.ts';

const given = specificationFor(decider);
const soon = '2026-01-01T00:00:00.000Z';
const later = '2026-01-01T01:00:00.000Z';

type Data<Type extends ExecutionEvent['type']> = Extract<ExecutionEvent, { type: Type }>['data'];
const people = (...ids: string[]) => ids.map((userId) => ({ kind: 'user' as const, userId }));
const request = (more: Partial<Data<'ApprovalRequested'>> = {}) => ({
  ...{ instanceId: 'ask', title: 'Pay?', message: null, payload: { sum: 7 }, seenHash: 'h0' },
  ...{ assignees: people('ada', 'grace', 'mary'), quorum: 1, rejections: 1, editable: true },
  deadline: null,
  ...more,
});
const requested = (more: Partial<Data<'ApprovalRequested'>> = {}): ExecutionEvent => ({
  type: 'ApprovalRequested',
  data: { ...request(more), ...place('ask'), attempt: 1, generation: 0 },
});
const opened = started(
  [node('ask', { kind: 'approval@1' }), node('pay'), node('tell')],
  [edge('ask', 'pay', 'approved'), edge('ask', 'tell', 'rejected')],
);

type Answering = Extract<ExecutionCommand, { type: 'AnswerApproval' }>['data'];
const answer = (
  userId: string,
  decision: Answering['decision'],
  more: Partial<Answering> = {},
): ExecutionCommand => ({
  type: 'AnswerApproval',
  data: {
    ...{ requestedAt: 1, decision, by: { userId, via: 'session' }, role: null },
    ...{ comment: null, edited: null, seenHash: null },
    ...more,
  },
});
const said = (userId: string, more: Partial<Data<'ApprovalGranted'>> = {}) => ({
  ...{ ...place('ask'), requestedAt: 1, by: { userId, via: 'session' as const } },
  ...{ comment: null, seenHash: 'h0' },
  ...more,
});
const granted = (userId: string, more: Partial<Data<'ApprovalGranted'>> = {}): ExecutionEvent => ({
  type: 'ApprovalGranted',
  data: said(userId, more),
});
const voted = (
  userId: string,
  decision: Answering['decision'] = 'approve',
  more: Partial<Data<'ApprovalGranted'>> = {},
): ExecutionEvent => ({ type: 'ApprovalVoted', data: { ...said(userId, more), decision } });
const typesAfter = (history: readonly ExecutionEvent[], command: ExecutionCommand): string[] =>
  decide(command, fold(initialRun, history)).map(({ type }) => type);
const outputAfter = (history: readonly ExecutionEvent[], command: ExecutionCommand): unknown =>
  decide(command, fold(initialRun, history)).flatMap((event) =>
    event.type === 'NodeCompleted' ? [[event.data.handle, event.data.output]] : [],
  )[0];

describe('an approval', () => {
  it('is asked for once', () => {
    const command: ExecutionCommand = { type: 'RequestApproval', data: request() };
    given([opened]).when(command).then([requested()]);
    given([opened, requested()]).when(command).thenNothing();
    expect(plan(fold(initialRun, [opened, requested()]))).toEqual([]);
  });

  it('is granted by one of those who were asked, and the run goes on by `approved`', () => {
    const history = [opened, requested()];
    expect(typesAfter(history, answer('grace', 'approve'))).toEqual([
      ...['ApprovalGranted', 'NodeCompleted', 'NodeSkipped'],
    ]);
    expect(outputAfter(history, answer('grace', 'approve', { comment: 'Fine' }))).toEqual([
      'approved',
      {
        ...{ decision: 'approved', payload: { sum: 7 }, edited: false, comment: 'Fine' },
        answers: [{ userId: 'grace', via: 'session', decision: 'approve', comment: 'Fine' }],
      },
    ]);
  });

  it('is rejected likewise, and the run goes on by `rejected`', () => {
    expect(outputAfter([opened, requested()], answer('ada', 'reject'))).toMatchObject([
      'rejected',
      { decision: 'rejected', comment: null },
    ]);
  });

  it('is no business of those who were not asked', () => {
    const history = [opened, requested()];
    given(history).when(answer('eve', 'approve')).thenRefused('approval.not_found');
    given(history)
      .when(answer('eve', 'approve', { role: 'owner' }))
      .thenRefused('approval.not_assigned');
    given([opened]).when(answer('ada', 'approve')).thenRefused('approval.not_found');
  });

  it('asks everyone who has a role, or a higher one', () => {
    const history = [opened, requested({ assignees: [{ kind: 'role', role: 'administrator' }] })];
    const as = (role: Answering['role']) => answer('ada', 'approve', { role });
    given(history).when(as('editor')).thenRefused('approval.not_assigned');
    for (const role of ['administrator', 'owner'] as const)
      expect(typesAfter(history, as(role))).toContain('ApprovalGranted');
  });

  it('is answered once: the first answer stands, and the same again changes nothing', () => {
    const history = [opened, requested(), granted('ada'), done('ask', { handle: 'approved' })];
    given(history).when(answer('ada', 'approve')).thenNothing();
    given(history).when(answer('ada', 'reject')).thenRefused('approval.answered');
    given(history)
      .when(answer('grace', 'reject'))
      .thenRefused('approval.answered', 'It was granted already');
  });

  it('needs as many approvals as its quorum says, of different people', () => {
    const history = [opened, requested({ quorum: 2 })];
    given(history)
      .when(answer('ada', 'approve'))
      .then([voted('ada')]);
    given([...history, voted('ada')])
      .when(answer('ada', 'approve'))
      .thenRefused('approval.answered', 'You have answered already');
    expect(typesAfter([...history, voted('ada')], answer('grace', 'approve'))).toEqual([
      ...['ApprovalGranted', 'NodeCompleted', 'NodeSkipped'],
    ]);
    expect(typesAfter([...history, voted('ada')], answer('grace', 'reject'))).toContain(
      'ApprovalRejected',
    );
  });

  it('lets a person change what they approve; approvals of what stood before count no more', () => {
    const edited = { payload: { sum: 5 }, seenHash: 'h5' };
    expect(outputAfter([opened, requested()], answer('ada', 'approve', { edited }))).toMatchObject([
      'approved',
      { payload: { sum: 5 }, edited: true },
    ]);
    const two = [opened, requested({ quorum: 2 }), voted('ada')];
    const change = { edited: { sum: 5 }, seenHash: 'h5' };
    given(two)
      .when(answer('grace', 'approve', { edited }))
      .then([voted('grace', 'approve', change)]);
    const changed = [...two, voted('grace', 'approve', change)];
    given(changed)
      .when(answer('mary', 'approve', { seenHash: 'h0' }))
      .thenRefused('approval.changed');
    expect(typesAfter(changed, answer('ada', 'approve', { seenHash: 'h5' }))).toContain(
      'ApprovalGranted',
    );
    given([opened, requested({ editable: false })])
      .when(answer('ada', 'approve', { edited }))
      .thenRefused('approval.not_editable');
  });

  it('is withdrawn with its run', () => {
    const cancelled: ExecutionEvent = { type: 'WorkflowCancelled', data: { reason: null } };
    const history = [opened, requested(), cancelled];
    given(history).when(answer('ada', 'approve')).thenRefused('approval.not_pending');
    const run = fold(initialRun, history);
    const [approval] = run.approvals.values();
    expect(approval && approvalStatus(run, approval)).toBe('withdrawn');
  });

  it('is recorded while the run is paused, which goes on from it later', () => {
    const paused: ExecutionEvent = { type: 'WorkflowPaused', data: { reason: null } };
    expect(typesAfter([opened, requested(), paused], answer('ada', 'approve'))).toEqual([
      ...['ApprovalGranted', 'NodeCompleted'],
    ]);
  });
});

describe('the deadline of an approval', () => {
  const deadline = { dueAt: soon, then: 'fail' as const, escalateTo: [], escalationMs: 1_000 };
  const fire = (timerId: string, now: string): ExecutionCommand => ({
    type: 'FireTimer',
    data: { timerId, now },
  });

  it('is a timer of the run', () => {
    expect(plan(fold(initialRun, [opened, requested({ deadline })]))).toEqual([
      { type: 'wake', timerId: 'approval:1', dueAt: soon },
    ]);
  });

  it.each([
    ['fail', ['ApprovalExpired', 'NodeFailed', 'WorkflowFailed']],
    ['approve', ['ApprovalExpired', 'NodeCompleted', 'NodeSkipped']],
    ['reject', ['ApprovalExpired', 'NodeCompleted', 'NodeSkipped']],
  ] as const)('stands for: %s', (then, types) => {
    const history = [opened, requested({ deadline: { ...deadline, then } })];
    given(history).when(fire('approval:1', '2025-12-31T00:00:00.000Z')).thenNothing();
    expect(typesAfter(history, fire('approval:1', later))).toEqual(types);
  });

  it('passes once, and not after an answer', () => {
    const expired: ExecutionEvent = {
      type: 'ApprovalExpired',
      data: { ...place('ask'), requestedAt: 1, outcome: 'reject' },
    };
    const over = [opened, requested({ deadline }), expired, done('ask', { handle: 'rejected' })];
    given(over).when(fire('approval:1', later)).thenNothing();
    given(over).when(answer('ada', 'approve')).thenRefused('approval.not_pending');
    given([opened, requested({ deadline }), granted('ada'), done('ask', { handle: 'approved' })])
      .when(fire('approval:1', later))
      .thenNothing();
  });

  it('asks others first, where there are some, and gives them time', () => {
    const escalateTo = people('boss');
    const history = [opened, requested({ deadline: { ...deadline, escalateTo } })];
    given(history).when(answer('boss', 'approve')).thenRefused('approval.not_found');
    const dueAt = '2026-01-01T01:00:01.000Z';
    const escalated: ExecutionEvent = {
      type: 'ApprovalEscalated',
      data: { ...place('ask'), requestedAt: 1, assignees: escalateTo, dueAt },
    };
    given(history).when(fire('approval:1', later)).then([escalated]);
    const after = [...history, escalated];
    expect(typesAfter(after, answer('boss', 'approve'))).toContain('ApprovalGranted');
    expect(typesAfter(after, answer('ada', 'approve'))).toContain('ApprovalGranted');
    given(after).when(fire('approval:1', dueAt)).thenNothing();
    expect(typesAfter(after, fire('approval:1:escalated', dueAt))).toContain('ApprovalExpired');
  });

  it('lapses with a failing run, and is set again when that is retried', () => {
    const opening = started([node('ask', { kind: 'approval@1' }), node('other')]);
    const failed = [
      ...[opening, requested({ deadline }), begun('other'), nodeFailed('other')],
      {
        type: 'WorkflowFailed',
        data: { instanceId: 'other', code: 'http.status', message: 'no' },
      } as const,
    ];
    given(failed).when(fire('approval:1', later)).thenNothing();
    given(failed).when(answer('ada', 'approve')).thenRefused('approval.not_pending');
    const reopened = [{ ...place('other'), attempt: 2, generation: 1 }];
    const retried: ExecutionEvent = {
      type: 'WorkflowRetried',
      data: { retry: 1, reopened, inDoubt: [] },
    };
    const timer = {
      ...place('ask'),
      timerId: 'approval:1',
      dueAt: soon,
      waitsFor: 'approval' as const,
    };
    given([...failed, retried])
      .when({ type: 'SettleRun', data: {} })
      .then([{ type: 'TimerSet', data: timer }]);
    expect(typesAfter([...failed, retried], answer('ada', 'approve'))).toContain('ApprovalGranted');
  });
});
