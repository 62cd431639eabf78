import { type EventLog, type ExecutionId, executionStream } from '@studio/contracts';
import { isOver, load, type Loaded, type Run, run } from '@studio/domain';

/** What can end a run: also that its data is erased while nobody could go on with it. */
const endings = ['WorkflowCompleted', 'WorkflowFailed', 'WorkflowCancelled', 'DataErased'];

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

/** The run once it has ended; null when it had not when the signal came. */
export const runEnd = async (
  log: EventLog,
  executionId: ExecutionId,
  signal: AbortSignal,
): Promise<Loaded<Run> | null> => {
  const stream = executionStream(executionId);
  const begun = await load(log, run, stream);
  if (isOver(begun.state)) return begun;
  await ended(log, begun, signal);
  const loaded = await load(log, run, stream, begun);
  return isOver(loaded.state) ? loaded : null;
};
