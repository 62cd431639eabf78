import type { EventLog, ExecutionId, WebhookResultView } from '@studio/contracts';
import { isForgotten, type Run } from '@studio/domain';

import { runEnd } from '../executions/runEnd.ts';

const resultOf = (state: Run): WebhookResultView => {
  const { executionId: execution_id, workflowId: workflow_id, status, output, failure } = state;
  return {
    ...{ execution_id, workflow_id },
    output: status === 'completed' && !isForgotten(state) ? output : null,
    status: status === 'completed' || status === 'cancelled' ? status : 'failed',
    error_code: failure?.error.code ?? null,
  };
};

/** How the run ended; null when it had not when the signal came. */
export const outcomeOf = async (
  log: EventLog,
  executionId: ExecutionId,
  signal: AbortSignal,
): Promise<WebhookResultView | null> => {
  const end = await runEnd(log, executionId, signal);
  return end && resultOf(end.state);
};
