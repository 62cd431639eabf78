import { z } from 'zod';

import { ApproveRequest, RejectRequest, SendBackRequest } from '../approval/requests.ts';
import { ApprovalActionResult, ApprovalView, PendingApprovalView } from '../approval/views.ts';
import { pageOf } from '../page.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { ApprovalsQuery } from './queries.ts';
import { shownAs } from './shownAs.ts';

const tag = 'Approvals';
const one = {
  path: '/approvals/{approval_id}',
  params: z.object({
    approval_id: shownAs(z.string(), {
      ...{ type: 'string', example: exampleIds.approval },
    }),
  }),
  tag,
} as const;

const result = (
  status: 'granted' | 'rejected' | 'sent_back',
  approvals: number,
  rejections: number,
) => ({
  description: 'The answer is on record.',
  schema: ApprovalActionResult,
  headers: ['Studio-Position'] as const,
  example: {
    ...{ success: true, message: 'Answer recorded', approval_id: exampleIds.approval },
    ...{ execution_id: exampleIds.execution, status, approvals, quorum: 1 },
    ...{ rejections, rejection_quorum: 1 },
  },
});

const answerErrors = {
  400: ['approval.answered', 'approval.not_pending', 'approval.changed'],
  403: ['approval.not_assigned'],
  404: ['approval.not_found'],
} as const;
const standing =
  'The first answers that decide stand. Who comes later is told so by `approval.answered`, with what stands; the same answer of the same person changes nothing.';

export const approvalOperations: readonly Operation[] = [
  {
    ...{ id: 'listApprovals', method: 'get', path: '/approvals', tag },
    summary: 'What you are asked',
    description:
      'Approvals that nobody has decided and that you may answer, the soonest deadline first.',
    query: ApprovalsQuery,
    headers: ['Studio-Min-Position'],
    answers: {
      200: {
        ...{ description: 'A page of them.', schema: pageOf(PendingApprovalView) },
        headers: ['Studio-Stale'],
      },
    },
  },
  {
    ...{ ...one, id: 'getApproval', method: 'get' },
    summary: 'One approval with the answers to it',
    answers: { 200: { description: 'The approval.', schema: ApprovalView } },
    errors: { 404: ['approval.not_found'] },
  },
  {
    ...{ ...one, path: `${one.path}/approve`, id: 'approve', method: 'post' },
    summary: 'Approve what a run asks',
    description: `With \`payload\` you approve what you changed it to, where the node allows that; approvals of what stood before then count no more. ${standing}`,
    body: { schema: ApproveRequest, required: false, example: { comment: 'Fine with me' } },
    answers: { 200: result('granted', 1, 0) },
    errors: { ...answerErrors, 400: [...answerErrors[400], 'approval.not_editable'] },
  },
  {
    ...{ ...one, path: `${one.path}/reject`, id: 'reject', method: 'post' },
    summary: 'Reject what a run asks',
    description: standing,
    body: { schema: RejectRequest, required: false, example: { comment: 'Too expensive' } },
    answers: { 200: result('rejected', 0, 1) },
    errors: answerErrors,
  },
  {
    ...{ ...one, path: `${one.path}/send-back`, id: 'sendBack', method: 'post' },
    summary: 'Send a run back from what it asks',
    description: `The run goes back to a node before the approval, which happens anew with all that follows it; in time people are asked again. One answer is enough, whatever the quorum. ${standing}`,
    body: {
      schema: SendBackRequest,
      example: { node_id: 'draft', comment: 'The wrong price' },
    },
    answers: { 200: result('sent_back', 0, 0) },
    errors: {
      ...answerErrors,
      400: [
        ...answerErrors[400],
        ...(['execution.not_rewindable', 'node.not_rewindable'] as const),
      ],
      404: ['approval.not_found', 'node.not_found'],
    },
  },
];
