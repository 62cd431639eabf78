import { StudioError, type WebhookSignature, type WorkflowEvent } from '@studio/contracts';

/** The way by which others start a workflow, as it stands. */
export interface Webhook {
  readonly webhookId: string;
  readonly signature: WebhookSignature;
  readonly issuedBy: string;
  readonly issuedAt: string;
}

export interface IssueWebhook extends Webhook {
  readonly workflowId: string;
}

type WebhookEvent = Extract<WorkflowEvent, { type: `Webhook${string}` }>;

export const issueWebhook = (data: IssueWebhook, known: Webhook | null): WebhookEvent[] =>
  known?.webhookId === data.webhookId ? [] : [{ type: 'WebhookIssued', data }];

export const disableWebhook = (
  { workflowId }: { readonly workflowId: string },
  known: Webhook | null,
): WebhookEvent[] => {
  if (!known)
    throw new StudioError('not_found', 'webhook.not_found', 'The workflow has no webhook');
  return [{ type: 'WebhookDisabled', data: { workflowId, webhookId: known.webhookId } }];
};

/** The webhook after a fact about it. */
export const evolveWebhook = ({ type, data }: WebhookEvent): Webhook | null => {
  switch (type) {
    case 'WebhookIssued': {
      const { webhookId, signature, issuedBy, issuedAt } = data;
      return { webhookId, signature, issuedBy, issuedAt };
    }
    case 'WebhookDisabled':
      return null;
  }
};
