import { z } from 'zod';

import { ApprovalLinkQuery } from '../approval/requests.ts';
import { ApprovalActionResult } from '../approval/views.ts';
import { exampleIds, exampleSecrets } from './examples.ts';
import type { Operation } from './operation.ts';

const link = {
  path: '/approval-links/{token}',
  params: z.object({ token: z.string().meta({ example: exampleSecrets.approvalLinkToken }) }),
  tag: 'Approvals',
  access: 'public',
} as const;

export const approvalLinkOperations: readonly Operation[] = [
  {
    ...{ ...link, id: 'getApprovalLink', method: 'get' },
    summary: 'What a one-time link would answer',
    description:
      'A page for people that shows what is asked, and a button. Looking decides nothing: programs that follow the links of a mail do no harm. The links of your own are in `links` of the approval.',
    answers: {
      200: { description: 'The page.', schema: z.string(), mediaType: 'text/html' },
    },
    errors: {
      404: ['approval.not_found'],
      410: ['approval.link_used', 'approval.link_over'],
    },
  },
  {
    ...{ ...link, id: 'answerByLink', method: 'post' },
    summary: 'Answer by a one-time link',
    description:
      'What the button of the page does: the decision of the link, as the person that it was made for, once. With `seen` it counts only for what was shown. A client that prefers `text/html` gets a page.',
    query: ApprovalLinkQuery,
    answers: {
      200: {
        ...{ description: 'The answer is on record.', schema: ApprovalActionResult },
        example: {
          ...{ success: true, message: 'Answer recorded', approval_id: exampleIds.approval },
          ...{ execution_id: exampleIds.execution, status: 'granted', approvals: 1, quorum: 1 },
          ...{ rejections: 0, rejection_quorum: 1 },
        },
      },
    },
    errors: {
      400: ['approval.answered', 'approval.not_pending', 'approval.changed'],
      403: ['approval.not_assigned'],
      404: ['approval.not_found'],
      410: ['approval.link_used', 'approval.link_over'],
    },
  },
];
