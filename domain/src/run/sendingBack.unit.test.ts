import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand } from '@studio/contracts';

import {
  anEdge,
  aNode,
  aStart,
  begun,
  done,
  settle,
  then,
  type Told,
  typesOf,
} from '../testing/runs.ts';
import { approvalStatus, decide, fold, initialRun } from './index.ts';

const now = '2026-01-01T00:00:00.000Z';
const assignees = ['ada', 'grace'].map((userId) => ({ kind: 'user' as const, userId }));
const asking: ExecutionCommand = {
  type: 'RequestApproval',
  data: {
    ...{ instanceId: 'ask', title: 'Send it?', message: null, payload: 'Dear', seenHash: 'h0' },
    ...{ assignees, quorum: 2, rejections: 1, editable: false, deadline: null },
  },
};
const said = { requestedAt: 4, role: null, comment: 'Too stiff', seenHash: null } as const;
const by = (userId: string) => ({ userId, via: 'session' as const });
const back = (userId: string, nodeId = 'draft'): ExecutionCommand => ({
  type: 'SendApprovalBack',
  data: { ...said, by: by(userId), nodeId, now },
});
/** draft → ask, and beside them another one. */
const asked = (): Told =>
  then(
    null,
    aStart([aNode('draft'), aNode('ask', 'approval@1'), aNode('other')], [anEdge('draft', 'ask')]),
    ...[settle, begun('draft'), begun('other'), done('draft', 'Dear'), asking],
  );
const refusal = (told: Told, order: ExecutionCommand) => {
  try {
    decide(order, told.run);
    return null;
  } catch (error) {
    return (error as { code: string }).code; // only errors with a code are thrown
  }
};

describe('whoever is asked', () => {
  it('has the run go back by one answer, and is asked again in time', () => {
    const told = then(asked(), back('ada'));
    expect(typesOf(told.log).slice(-2)).toEqual(['WorkflowRewound', 'ApprovalSentBack']);
    expect(told.log.at(-2)?.data).toMatchObject({
      ...{ toNode: 'draft', reason: 'Too stiff', withdrawn: [4] },
    });
    expect(told.log.at(-1)?.data).toMatchObject({ by: by('ada'), seenHash: 'h0', toNode: 'draft' });
    const approval = told.run.approvals.get(4);
    expect(approval && approvalStatus(told.run, approval)).toBe('sent_back');
    expect([...told.run.instances.keys()]).toEqual(['other']);
    const again = then(told, begun('draft'), done('draft', 'Hi', 2), asking);
    expect(again.log.at(-1)?.data).toMatchObject({ instanceId: 'ask', attempt: 2, generation: 1 });
  });

  it('is heard once: the same answer changes nothing, and whoever comes later is told', () => {
    const told = then(asked(), back('ada'));
    expect(decide(back('ada'), told.run)).toEqual([]);
    expect(refusal(told, back('grace'))).toBe('approval.answered');
  });

  it('is asked no more where the record broke off behind the rewind', () => {
    const { log } = then(asked(), back('ada'));
    const run = fold(initialRun, log.slice(0, -1));
    const approval = run.approvals.get(4);
    expect(approval && approvalStatus(run, approval)).toBe('withdrawn');
  });

  it.each([
    ['to a node beside', back('ada', 'other'), 'node.not_rewindable'],
    ['to itself', back('ada', 'ask'), 'node.not_rewindable'],
    ['to nowhere', back('ada', 'nobody'), 'node.not_found'],
    ['as somebody else', back('eve'), 'approval.not_found'],
  ])('sends it back to a node before: not %s', (_, order, code) => {
    expect(refusal(asked(), order)).toBe(code);
  });
});
