import {
  claimCheckThresholdBytes,
  type EndOfRun,
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  isErasedUnder,
  type RecordedEvent,
  RunNames,
  shownNames,
} from '@studio/contracts';

import { outcomeOf } from './eventFiringChanges.ts';

type RunFact<Type extends ExecutionEvent['type']> = Extract<
  RecordedEvent<ExecutionEvent>,
  { readonly type: Type }
>;
export type Begun = RunFact<'WorkflowStarted'>;

/** A run that has ended, as a trigger sees it. */
export interface EndedRun {
  readonly begun: Begun;
  /** The fact by which it ended. */
  readonly end: RecordedEvent;
  /** True when what it sealed can no longer be read. */
  readonly erased: boolean;
  /** What a run that its end starts is told of it. */
  readonly told: Readonly<Record<string, unknown>>;
}

/** The fact that opened the run, with its payloads sealed. */
export const beginningOf = async (log: EventLog, executionId: string): Promise<Begun> => {
  const stream = executionStream(executionId as ExecutionId); // the log holds the id as plain text
  const [begun] = await log.readStream(stream, { from: 0, limit: 1 }, 'sealed');
  if (begun?.type !== 'WorkflowStarted') throw new Error(`${stream} does not begin with its start`);
  return begun; // its type says so
};

const endFact = async (log: EventLog, at: EndOfRun): Promise<RecordedEvent> => {
  const stream = executionStream(at.endedExecutionId as ExecutionId); // the log holds the id as plain text
  const range = { from: at.endRevision, limit: 1 };
  const [end] = await log.readStream(stream, range, 'open');
  if (!end) throw new Error(`${stream} has no fact ${at.endRevision}`);
  return end;
};

const sealedIn = ({ type, data }: RecordedEvent): unknown => {
  if (type === 'WorkflowCompleted') return data.output;
  if (type === 'WorkflowFailed') return data.message;
  return type === 'WorkflowCancelled' ? data.reason : null;
};

/** A large output stays where it is: whoever wants it asks for the execution. */
const outputIn = (end: RecordedEvent, erased: boolean): object => {
  if (end.type !== 'WorkflowCompleted' || erased) return { output: null };
  const { output } = end.data;
  const bytes = Buffer.byteLength(JSON.stringify(output));
  return bytes > claimCheckThresholdBytes ? { output: null, output_bytes: bytes } : { output };
};

const errorIn = (end: RecordedEvent, erased: boolean): object | null => {
  if (end.type !== 'WorkflowFailed') return null;
  const { code, message, instanceId } = end.data;
  return { code, message: erased ? null : message, node_instance_id: instanceId };
};

const namesOf = async (log: EventLog, begun: Begun): Promise<RunNames | undefined> => {
  if (!begun.data.named) return undefined;
  const [opened] = (await log.open([begun])) as readonly Begun[]; // the same fact, open
  return RunNames.safeParse(opened?.data.named?.names).data;
};

/** Reads how the run ended; nothing of it is read but its first fact and its last. */
export const endedRun = async (log: EventLog, at: EndOfRun): Promise<EndedRun> => {
  const begun = await beginningOf(log, at.endedExecutionId);
  const end = await endFact(log, at);
  const { workflowId, workflowName, workflowVersion, triggerType, keyId } = begun.data;
  const erased = end.type === 'DataErased' || isErasedUnder(keyId, sealedIn(end));
  const told = {
    ...{ execution_id: at.endedExecutionId, workflow_id: workflowId },
    ...{ workflow_name: workflowName, workflow_version: workflowVersion },
    ...{ outcome: outcomeOf(end), ended_at: end.metadata.occurredAt, trigger_type: triggerType },
    ...{ ...outputIn(end, erased), error: errorIn(end, erased) },
    ...shownNames(await namesOf(log, begun)),
  };
  return { begun, end, erased, told };
};
