import type { ApprovalDecision, ApprovalView } from '@studio/contracts';
import { type Approval, isAssigned, isLinkOver, type Run } from '@studio/domain';
import { approvalLinkToken, type Caller } from '@studio/infra';

import type { QueryApiDeps } from './deps.ts';

type LinkDeps = Pick<QueryApiDeps, 'apiPrefix' | 'callbackHmac' | 'clock'>;

/** The one-time links of whoever looks: nobody gets those of others, by which they would answer as them. */
export const ownLinks = (
  { apiPrefix, callbackHmac, clock }: LinkDeps,
  { run, approval, workspaceId }: { run: Run; approval: Approval; workspaceId: string },
  caller: Caller,
): Pick<ApprovalView, 'links'> => {
  const { userId } = caller;
  // They own their personal workspace: all its roles are theirs.
  const role = caller.workspaceId === workspaceId ? 'owner' : null;
  if (!isAssigned(approval.assignees, { userId, role })) return {};
  const now = clock();
  if (isLinkOver(run, approval, { userId, decision: 'approve', now })) return {};
  const { executionId } = run;
  const { requestedAt } = approval;
  const path = (decision: ApprovalDecision): string =>
    `${apiPrefix}/approval-links/${approvalLinkToken(callbackHmac, { executionId, requestedAt, userId, decision })}`;
  return { links: { approve: path('approve'), reject: path('reject') } };
};
