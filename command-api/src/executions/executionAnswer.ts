import type { Loaded, Run } from '@studio/domain';

import type { Asked } from './startRun.ts';

/** What every answer about a run that was just accepted says. It has not begun, whatever follows at once. */
export const acceptedAnswer = ({ state, opened }: Loaded<Run>) => ({
  id: state.executionId,
  workflow_id: state.workflowId,
  status: 'pending',
  created_at: opened?.occurredAt ?? null,
});

/** The whole shape of an execution, as it is before its first step. */
export const pendingAnswer = (started: Loaded<Run>, asked: Asked) => ({
  ...acceptedAnswer(started),
  workspace_id: started.opened?.workspaceId ?? null,
  user_id: started.opened?.actor.id ?? null,
  trigger_type: asked.triggerType,
  trigger_data: asked.trigger,
  input_data: asked.trigger,
  output_data: {},
  context: asked.context,
  started_at: null,
  completed_at: null,
  duration_ms: null,
  duration_seconds: null,
  total_nodes: started.state.definition.nodes.length,
  completed_nodes: 0,
  failed_nodes: 0,
  progress_percentage: 0,
  error_message: null,
  error_details: {},
  retry_count: 0,
  max_retries: asked.maxRetries,
  priority: asked.priority,
  celery_task_id: null,
  updated_at: started.opened?.occurredAt ?? null,
});
