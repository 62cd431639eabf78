import type { Halt, WorkflowContent, WorkflowStatus } from '@studio/contracts';

import type { Agent } from './agents.ts';
import type { EventTriggers } from './eventTriggers.ts';
import type { Schedules } from './schedules.ts';
import type { Versions } from './versions.ts';
import type { Webhook } from './webhook.ts';

/** What was published, as it was then: a later save changes nothing of it. */
export interface PublishedVersion {
  readonly version: number;
  readonly content: WorkflowContent;
  readonly agents: readonly Agent[];
}

export interface SavedWorkflow extends Versions, Schedules, EventTriggers {
  readonly status: WorkflowStatus;
  readonly workflowId: string;
  readonly ownerId: string;
  readonly parentWorkflowId: string | null;
  readonly content: WorkflowContent;
  /** In the order in which they were added. */
  readonly agents: readonly Agent[];
  /** What webhooks start; null for a draft and in the archive. */
  readonly published: PublishedVersion | null;
  /** Null while the workflow can be started by nobody but its people. */
  readonly webhook: Webhook | null;
  /** Its kill switch; null while that is off. */
  readonly halt: Halt | null;
}

export type Workflow =
  { readonly status: 'absent' } | { readonly status: 'deleted' } | SavedWorkflow;

export const isSaved = (state: Workflow): state is SavedWorkflow =>
  state.status !== 'absent' && state.status !== 'deleted';
