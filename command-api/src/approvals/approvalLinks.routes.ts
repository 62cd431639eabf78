import { ApprovalLinkQuery, executionStream } from '@studio/contracts';
import { handle, load, refuseLinkThatIsOver, run } from '@studio/domain';
import { parse, readApprovalLinkToken } from '@studio/infra';
import { prefersHtml, sendPlainPage, toldToPeople } from '@studio/infra/http';
import type { Express, Request, Response } from 'express';

import type { RoleIn } from '../access.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import { causeOf, segment } from '../requests.ts';
import { actionResult, approvalNotFound } from './approvals.routes.ts';

interface Parts {
  readonly dependencies: CommandApiDependencies;
  readonly roleIn: RoleIn;
}

const recorded = { approve: 'You have approved', reject: 'You have rejected' } as const;

/** Gives the answer that the link stands for, as the person that it was made for, once. */
const answer =
  ({ dependencies, roleIn }: Parts) =>
  async (request: Request, response: Response): Promise<void> => {
    const { auth, log, clock } = dependencies;
    const { seen } = parse(ApprovalLinkQuery, request.query, 'query');
    const link = readApprovalLinkToken(auth.callbackHmac, segment(request, 'token'));
    if (!link) throw approvalNotFound();
    const { requestedAt, decision, userId } = link;
    const stream = executionStream(link.executionId);
    const known = await load(log, run, stream);
    const approval = known.state.approvals.get(requestedAt);
    const workspaceId = known.opened?.workspaceId;
    if (!approval || workspaceId === undefined) throw approvalNotFound();
    refuseLinkThatIsOver(known.state, approval, { userId, decision, now: clock() });
    const { state } = await handle(dependencies, run, {
      ...{ stream, known, keys: ({ keyId }) => ({ run: keyId }) },
      command: {
        type: 'AnswerApproval',
        data: {
          ...{ requestedAt, decision, by: { userId, via: 'link' } },
          role: await roleIn(userId, workspaceId),
          ...{ comment: null, edited: null, seenHash: seen ?? null },
        },
      },
      cause: causeOf(dependencies, request, response, { userId, workspaceId }),
    });
    const answered = state.approvals.get(requestedAt) ?? approval;
    if (!prefersHtml(request)) response.json(actionResult(state, answered, link));
    else
      sendPlainPage(response, 200, {
        title: recorded[decision],
        paragraphs: ['Your answer is on record. You may close this page.'],
      });
  };

/** Where whoever has a one-time link answers, without signing in. */
export const approvalLinkRoutes = (app: Express, prefix: string, parts: Parts): void => {
  app.post(`${prefix}/approval-links/:token`, toldToPeople(answer(parts)));
};
