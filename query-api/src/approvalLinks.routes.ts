import { StudioError } from '@studio/contracts';
import { type Approval, refuseLinkThatIsOver } from '@studio/domain';
import { readApprovalLinkToken } from '@studio/infra';
import { type PlainPage, sendPlainPage, toldToPeople } from '@studio/infra/http';
import type { Express, Request, Response } from 'express';

import type { QueryApiDeps } from './deps.ts';
import { foldUpTo } from './replay.ts';

type LinkDeps = Pick<QueryApiDeps, 'log' | 'callbackHmac' | 'clock'>;

const doing = { approve: 'Approve', reject: 'Reject' } as const;

const pageOf = (
  { title, message, payload, seenHash, deadline }: Approval,
  decision: keyof typeof doing,
): PlainPage => ({
  title: `${doing[decision]}: ${title}`,
  paragraphs: [
    ...(message === null ? [] : [message]),
    ...(deadline ? [`To be answered by ${deadline.dueAt}.`] : []),
    'Nothing is decided until you press the button. It works once.',
  ],
  verbatim: JSON.stringify(payload, null, 2),
  button: { label: doing[decision], postTo: `?seen=${seenHash}` },
});

/** What a one-time link would answer. Looking decides nothing: mail scanners follow links. */
export const addApprovalLinkRoutes = (
  app: Express,
  prefix: string,
  { log, callbackHmac, clock }: LinkDeps,
): void => {
  const show = async (request: Request, response: Response): Promise<void> => {
    const link = readApprovalLinkToken(callbackHmac, String(request.params['token']));
    const run = link && (await foldUpTo(log, link.executionId, Number.MAX_SAFE_INTEGER));
    const approval = run?.approvals.get(link?.requestedAt ?? -1);
    if (!link || !run || !approval)
      throw new StudioError('not_found', 'approval.not_found', 'There is no such link');
    refuseLinkThatIsOver(run, approval, { ...link, now: clock() });
    sendPlainPage(response, 200, pageOf(approval, link.decision));
  };
  app.get(`${prefix}/approval-links/:token`, toldToPeople(show));
};
