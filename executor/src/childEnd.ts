import {
  type ChildEnd,
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  isErased,
  type RecordedEvent,
} from '@studio/contracts';

type RunFact = RecordedEvent<ExecutionEvent>;

/** What may stand in a stream behind the fact by which the run ended. */
const afterTheEnd: ReadonlySet<ExecutionEvent['type']> = new Set([
  ...(['NodeCancelled', 'LateOutcomeRecorded', 'ModelTurnCompleted'] as const),
]);

const erased: ChildEnd = {
  outcome: 'failed',
  code: 'child.erased',
  message: 'its data was erased before its output was taken up',
};

const textOf = (message: unknown): string => (isErased(message) ? '(erased)' : String(message));

const endBy = ({ type, data }: RunFact): ChildEnd | null => {
  if (type === 'WorkflowCompleted')
    return isErased(data.output) ? erased : { outcome: 'completed', output: data.output };
  if (type === 'WorkflowFailed')
    return { outcome: 'failed', code: data.code, message: textOf(data.message) };
  return type === 'WorkflowCancelled' || type === 'DataErased' ? { outcome: 'cancelled' } : null;
};

/** The fact is no word about whether the run is over. */
const saysNothing = ({ type, data }: RunFact): boolean =>
  afterTheEnd.has(type) || (type === 'DataErased' && !data.cancelled);

const pageSize = 100;

/** How the run ended, read from the end of its stream; null while it goes on, or again. */
export const childEndOf = async (
  log: EventLog,
  executionId: ExecutionId,
): Promise<ChildEnd | null> => {
  const stream = executionStream(executionId);
  for (let from: number | undefined; ;) {
    const range = { limit: pageSize, backwards: true, ...(from === undefined ? {} : { from }) };
    const page = (await log.readStream(stream, range, 'open')) as readonly RunFact[]; // a run's stream holds its facts only
    const telling = page.find((fact) => !saysNothing(fact));
    if (telling) return endBy(telling);
    const last = page.at(-1)?.revision ?? 0;
    if (last === 0) return null;
    from = last - 1;
  }
};
