import {
  type Definition,
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type Reading,
  type RecordedEvent,
  StudioError,
} from '@studio/contracts';
import type { Caller, Opener } from '@studio/infra';

export type RunFact = RecordedEvent<ExecutionEvent>;
export type FirstFact = RecordedEvent<Extract<ExecutionEvent, { type: 'WorkflowStarted' }>>;

const pageSize = 1_000;

export const executionNotFound = (): StudioError =>
  new StudioError('not_found', 'execution.not_found', 'Execution not found');

/** Facts of a run, `limit` of them from a revision on. */
export const readFacts = async (
  log: EventLog,
  id: ExecutionId,
  range: { readonly from: number; readonly limit: number },
  reading: Reading,
): Promise<readonly RunFact[]> =>
  // An execution's stream holds nothing else.
  (await log.readStream(executionStream(id), range, reading)) as readonly RunFact[];

/** All facts of a run up to a revision, page by page. */
export async function* factsUpTo(
  log: EventLog,
  id: ExecutionId,
  last: number,
  reading: Reading,
): AsyncGenerator<readonly RunFact[], void, undefined> {
  for (let from = 0; from <= last; from += pageSize) {
    const limit = Math.min(pageSize, last - from + 1);
    const page = await readFacts(log, id, { from, limit }, reading);
    yield page;
    if (page.length < limit) return;
  }
}

/** The fact that opened a run, payloads sealed; null when there is no such run. */
export const firstFact = async (log: EventLog, id: ExecutionId): Promise<FirstFact | null> => {
  const [first] = await readFacts(log, id, { from: 0, limit: 1 }, 'sealed');
  return first?.type === 'WorkflowStarted' ? first : null; // told by its type
};

/** The fact that opened a run, for a caller who may see it; else `execution.not_found`, as for an absent one. */
export const visibleFirst = (first: RunFact | null | undefined, caller: Caller): FirstFact => {
  const visible = first?.metadata.workspaceId === caller.workspaceId;
  if (first?.type !== 'WorkflowStarted' || !visible) throw executionNotFound();
  return first; // told by its type
};

/** The same, read. */
export const visibleFirstFact = async (
  log: EventLog,
  id: ExecutionId,
  caller: Caller,
): Promise<FirstFact> => visibleFirst(await firstFact(log, id), caller);

/** A fact by which a run goes by a definition. */
export type DefiningFact = RecordedEvent<
  Extract<ExecutionEvent, { type: 'WorkflowStarted' | 'WorkflowMigrated' }>
>;

export const isDefining = (fact: RunFact | undefined): fact is DefiningFact =>
  fact?.type === 'WorkflowStarted' || fact?.type === 'WorkflowMigrated';

/** The definition that the fact pins; a large one is fetched from file storage. */
export const definitionOf = async (
  opener: Opener,
  { data }: Pick<DefiningFact, 'data'>,
): Promise<Definition> => {
  const [definition] = await opener.fetch([data.definition]);
  return definition as Definition; // its schema was checked when it was appended
};
