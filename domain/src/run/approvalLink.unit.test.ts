import { describe, expect, it } from '@jest/globals';
import type { ExecutionEvent } from '@studio/contracts';

import { done, node, place, started } from '../testing/runFacts.ts';
import { fold, initialRun, isLinkOver, refuseLinkThatIsOver } from './index.ts';

const dueAt = '2026-01-01T01:00:00.000Z';
const before = '2026-01-01T00:59:59.999Z';
type Requested = Extract<ExecutionEvent, { type: 'ApprovalRequested' }>['data'];
const grace = [{ kind: 'user' as const, userId: 'grace' }];
const deadline = (escalateTo: Requested['assignees']): Requested['deadline'] => ({
  ...{ dueAt, then: 'fail', escalateTo, escalationMs: 1_000 },
});
const requested = (more: Partial<Requested> = {}): ExecutionEvent => ({
  type: 'ApprovalRequested',
  data: {
    ...{ ...place('ask'), attempt: 1, generation: 0, title: 'Pay?', message: null, payload: 7 },
    ...{ seenHash: 'h0', assignees: [{ kind: 'user', userId: 'ada' }], quorum: 2, rejections: 2 },
    ...{ editable: true, deadline: null },
    ...more,
  },
});
const said = (userId: string, via: 'session' | 'link', more: { seenHash?: string } = {}) => ({
  ...{ ...place('ask'), requestedAt: 1, by: { userId, via }, comment: null, seenHash: 'h0' },
  ...more,
});
const voted = (data: ReturnType<typeof said>, more: { edited?: unknown } = {}): ExecutionEvent => ({
  ...{ type: 'ApprovalVoted', data: { ...data, decision: 'approve', ...more } },
});
const opened = started([node('ask', { kind: 'approval@1' })]);
/** Why Ada's link to approve is refused after these facts; null: it is not. */
const refusal = (facts: readonly ExecutionEvent[], now = before): string | null => {
  const run = fold(initialRun, [opened, ...facts]);
  const approval = run.approvals.get(1);
  if (!approval) throw new Error('nothing was asked');
  const answer = { userId: 'ada', decision: 'approve' as const, now };
  try {
    refuseLinkThatIsOver(run, approval, answer);
    expect(isLinkOver(run, approval, answer)).toBe(false);
    return null;
  } catch (error) {
    expect(isLinkOver(run, approval, answer)).toBe(true);
    return (error as { code: string }).code; // what else it is the test shows
  }
};

describe('a one-time link', () => {
  it('counts while people are asked', () => {
    expect(refusal([requested()])).toBeNull();
    expect(refusal([requested(), voted(said('grace', 'link'))])).toBeNull();
  });

  it('counts once, and not beside another answer about the same', () => {
    expect(refusal([requested(), voted(said('ada', 'link'))])).toBe('approval.link_used');
    expect(refusal([requested(), voted(said('ada', 'session'))])).toBe('approval.link_used');
  });

  it('counts not again when what is asked has changed since', () => {
    const changed = voted(said('grace', 'session', { seenHash: 'h1' }), { edited: 8 });
    expect(refusal([requested(), voted(said('ada', 'session')), changed])).toBeNull();
    expect(refusal([requested(), voted(said('ada', 'link')), changed])).toBe('approval.link_used');
  });

  it('ends with the last deadline, also before anybody noticed that', () => {
    const once = [requested({ deadline: deadline([]) })];
    expect([refusal(once), refusal(once, dueAt)]).toEqual([null, 'approval.link_over']);
    const twice = [requested({ deadline: deadline(grace) })];
    expect(refusal(twice, dueAt)).toBeNull();
    const escalated: ExecutionEvent = {
      type: 'ApprovalEscalated',
      data: { ...place('ask'), requestedAt: 1, assignees: grace, dueAt },
    };
    expect(refusal([...twice, escalated], dueAt)).toBe('approval.link_over');
  });

  it.each<[string, ExecutionEvent[]]>([
    ['it is decided', [{ type: 'ApprovalGranted', data: said('grace', 'session') }, done('ask')]],
    ['its run is over', [{ type: 'WorkflowCancelled', data: { reason: null } }]],
    [
      'its data is erased',
      [
        { type: 'WorkflowCancelled', data: { reason: null } },
        { type: 'DataErased', data: { executionId: 'e1', keyId: 'k1' } },
      ],
    ],
  ])('is over when %s', (_, facts) => {
    expect(refusal([requested(), ...facts])).toBe('approval.link_over');
  });
});
