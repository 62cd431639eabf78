import { type ExecutionView, shownNames } from '@studio/contracts';

import type { Asked, Started } from './startRun.ts';

/** What every answer about a run that was just accepted says. It has not begun, whatever follows at once. */
export const acceptedAnswer = ({ data, opened }: Started) => ({
  id: data.executionId,
  workflow_id: data.workflowId,
  status: 'pending' as const,
  created_at: opened.occurredAt,
});

/** The whole shape of an execution, as it is before its first step. */
export const pendingAnswer = (started: Started, asked: Asked): ExecutionView => ({
  ...acceptedAnswer(started),
  workspace_id: started.opened.workspaceId,
  workflow_name: started.data.workflowName,
  workflow_version: started.data.workflowVersion,
  user_id: started.data.userId,
  trigger_type: asked.triggerType,
  ...shownNames(asked.names),
  parent_execution_id: null,
  rerun_of: null,
  trigger_data: asked.trigger,
  input_data: asked.trigger,
  output_data: {},
  context: asked.context,
  compensation: null,
  waiting_reason: asked.scheduledAt === undefined ? null : 'scheduled',
  started_at: null,
  completed_at: null,
  duration_ms: null,
  duration_seconds: null,
  total_nodes: started.data.totalNodes,
  completed_nodes: 0,
  failed_nodes: 0,
  progress_percentage: 0,
  error_message: null,
  error_details: {},
  retry_count: 0,
  max_retries: asked.maxRetries,
  priority: asked.priority,
  scheduled_at: asked.scheduledAt ?? null,
  celery_task_id: null,
  erased: false,
  updated_at: started.opened.occurredAt,
});
