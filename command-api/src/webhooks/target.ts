import {
  type DefinedNode,
  StudioError,
  WebhookTriggerConfig,
  workflowStream,
} from '@studio/contracts';
import { isSaved, publishedOf, type SavedWorkflow, workflow } from '@studio/domain';

import type { StartParts } from '../executions/startRun.ts';
import type { WebhookToken } from './credentials.ts';

export const webhookNotFound = (): StudioError =>
  new StudioError('not_found', 'webhook.not_found', 'There is no such webhook');

/** The workflow that a webhook starts. */
export interface WebhookTarget {
  readonly saved: SavedWorkflow;
  /** The same as it was when it was published; null while it is not. */
  readonly published: SavedWorkflow | null;
  readonly workspaceId: string;
  readonly webhookId: string;
  /** Who issued the webhook: its runs are theirs. */
  readonly issuedBy: string;
}

/** Error: `webhook.not_found`, also for one that was disabled, or issued anew. */
export const webhookTarget = async (
  { folds }: Pick<StartParts, 'folds'>,
  { workflowId, webhookId }: WebhookToken,
): Promise<WebhookTarget> => {
  const { state, opened } = await folds.load(workflow, workflowStream(workflowId));
  if (!isSaved(state) || !opened || state.webhook?.webhookId !== webhookId) throw webhookNotFound();
  const { issuedBy } = state.webhook;
  const { workspaceId } = opened;
  return { saved: state, published: publishedOf(state), workspaceId, webhookId, issuedBy };
};

const conflict = (code: 'webhook.not_published' | 'webhook.no_trigger', detail: string) =>
  new StudioError('conflict', code, detail);

export const notPublished = ({ status }: SavedWorkflow): StudioError =>
  conflict(
    'webhook.not_published',
    status === 'archived'
      ? 'The workflow is archived: it takes no deliveries'
      : 'The workflow is a draft: publish it first',
  );

const settingsOf = ({ id, config }: DefinedNode): WebhookTriggerConfig => {
  const { data } = WebhookTriggerConfig.safeParse(config);
  if (data) return data;
  throw conflict('webhook.no_trigger', `The settings of the webhook-trigger '${id}' are wrong`);
};

/** Every webhook-trigger's settings, in the order of the canvas. Error: `webhook.no_trigger`. */
export const triggersIn = (nodes: readonly DefinedNode[]): readonly WebhookTriggerConfig[] => {
  const found = nodes.filter(({ kind }) => kind === 'webhook-trigger@1').map(settingsOf);
  if (found.length > 0) return found;
  throw conflict('webhook.no_trigger', 'The workflow has no webhook-trigger');
};
