import {
  type EventLog,
  type ExecutionId,
  executionStream,
  type WebhookResultView,
} from '@studio/contracts';
import { isOver, load, type Loaded, type Run, run } from '@studio/domain';

const endings = ['WorkflowCompleted', 'WorkflowFailed', 'WorkflowCancelled'];

const resultOf = (state: Run): WebhookResultView => {
  const { executionId: execution_id, workflowId: workflow_id, status, output, failure } = state;
  return {
    ...{ execution_id, workflow_id, output: status === 'completed' ? output : null },
    status: status === 'completed' || status === 'cancelled' ? status : 'failed',
    error_code: failure?.error.code ?? null,
  };
};

/** Resolves when the run's last fact is in the log, or when the signal ends the wait. */
const ended = async (
  log: EventLog,
  { head, state }: Loaded<Run>,
  signal: AbortSignal,
): Promise<void> => {
  const stream = executionStream(state.executionId);
  const filter = { categories: ['execution' as const], types: endings };
  const range = { after: head?.position ?? 0n, filter, signal };
  for await (const { events } of log.subscribe(range, 'sealed'))
    if (events.some((event) => event.stream === stream)) return;
};

/** How the run ended; null when it had not when the signal came. */
export const outcomeOf = async (
  log: EventLog,
  executionId: ExecutionId,
  signal: AbortSignal,
): Promise<WebhookResultView | null> => {
  const stream = executionStream(executionId);
  const begun = await load(log, run, stream);
  if (isOver(begun.state)) return resultOf(begun.state);
  await ended(log, begun, signal);
  const { state } = await load(log, run, stream, begun);
  return isOver(state) ? resultOf(state) : null;
};
