import { IssueWebhookRequest, type WebhookView } from '@studio/contracts';
import { handle, type SavedWorkflow, type Webhook, workflow } from '@studio/domain';
import type { Express, Request } from 'express';

import { createTellPosition } from '../answers.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { workflowFor, type WorkflowParts } from '../workflows/savedWorkflow.ts';
import { secretText, webhookSecret, webhookToken } from './credentials.ts';
import { webhookNotFound } from './target.ts';

const viewOf = (
  { workflowId, published }: SavedWorkflow,
  { webhookId, signature, issuedBy, issuedAt }: Webhook,
): WebhookView => ({
  ...{ workflow_id: workflowId, webhook_id: webhookId, signature },
  ...{ issued_by: issuedBy, issued_at: issuedAt },
  published_version: published?.version ?? null,
});

/** As the sender of this request sees us; behind a proxy another name may count. */
const originOf = (request: Request): string =>
  `${request.protocol}://${request.get('host') ?? 'localhost'}`;

/** Issues a webhook, or issues it anew: the one before counts no more. Its URL and its secret are told now and never again. */
const issue = (parts: WorkflowParts): CallerHandler => {
  const { dependencies } = parts;
  const { auth, newId, clock, prefix = '/api/v1' } = dependencies;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const { signature } = body(IssueWebhookRequest, request);
    const { workflowId, stream, known, saved, workspaceId } = found;
    const webhook = {
      ...{ webhookId: newId(), signature, issuedBy: caller.userId, issuedAt: clock() },
    };
    const { head } = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: { type: 'IssueWebhook', data: { workflowId, ...webhook } },
    });
    const token = webhookToken(auth.webhookHmac, { workflowId, ...webhook });
    const secret = secretText(webhookSecret(auth.webhookHmac, webhook.webhookId));
    const path = `${prefix}/webhooks/${token}`;
    tellPosition(response, caller.sessionId, head);
    response.setHeader('Cache-Control', 'no-store');
    response.status(201).json({
      ...viewOf(saved, webhook),
      ...{ url: originOf(request) + path, path },
      secret: signature === 'none' ? null : secret,
    });
  };
};

const show =
  (parts: WorkflowParts): CallerHandler =>
  async (request, response, caller) => {
    const { saved } = await workflowFor(parts, request, caller, 'view_workflows');
    if (!saved.webhook) throw webhookNotFound();
    response.json(viewOf(saved, saved.webhook));
  };

const disable = (parts: WorkflowParts): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const { workflowId, stream, known, workspaceId } = found;
    const { head } = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: { type: 'DisableWebhook', data: { workflowId } },
    });
    tellPosition(response, caller.sessionId, head);
    response.status(204).end();
  };
};

/** What the people of a workflow do with its webhook. */
export const webhookRoutes = (app: Express, prefix: string, parts: WorkflowParts): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/workflows/:workflowId/webhook`;
  app.post(at, signedIn(authenticator, issue(parts)));
  app.get(at, signedIn(authenticator, show(parts)));
  app.delete(at, signedIn(authenticator, disable(parts)));
};
