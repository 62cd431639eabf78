import { ApprovalPath, ApprovalsQuery, StudioError } from '@studio/contracts';
import { callerOf, parse } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import { approvalPage } from './approvalRows.ts';
import { approvalView, pendingApprovalViews } from './approvalView.ts';
import type { RouteParts } from './executions.routes.ts';
import { ownLinks } from './ownLinks.ts';
import { pageAnswer } from './pageAnswer.ts';
import { foldUpTo } from './replay.ts';
import { readFacts } from './runFacts.ts';

const approvalNotFound = (): StudioError =>
  new StudioError('not_found', 'approval.not_found', 'Approval not found');

/** What runs ask of people. */
export const addApprovalRoutes = (
  app: Express,
  prefix: string,
  { deps, database, isFresh }: RouteParts,
): void => {
  const { log, opener, authenticator } = deps;

  app.get(`${prefix}/approvals`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const query = parse(ApprovalsQuery, request.query, 'query');
    if (!(await isFresh(request, caller, 'pending_approvals')))
      response.set('Studio-Stale', 'true');
    const { rows, ...counted } = await approvalPage(database, caller, query);
    response.json(pageAnswer(await pendingApprovalViews(opener, rows), counted, query));
  });

  /** Folded from the run's own facts: never behind, and still there once it is decided. */
  app.get(`${prefix}/approvals/:approvalId`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const { executionId, requestedAt } = parse(ApprovalPath, request.params, 'path').approvalId;
    const at = { from: requestedAt, limit: 1 };
    const [asked] = await readFacts(log, executionId, at, 'sealed');
    if (asked?.type !== 'ApprovalRequested') throw approvalNotFound();
    const run = await foldUpTo(log, executionId, Number.MAX_SAFE_INTEGER);
    const approval = run.approvals.get(requestedAt);
    const { workspaceId, occurredAt: requestedOn } = asked.metadata;
    const isAsked = approval?.assignees.some(
      (one) => one.kind === 'user' && one.userId === caller.userId,
    );
    if (!approval || !(isAsked || workspaceId === caller.workspaceId)) throw approvalNotFound();
    response.json({
      ...approvalView(run, approval, { workspaceId, requestedOn }),
      ...ownLinks(deps, { run, approval, workspaceId }, caller),
    });
  });
};
