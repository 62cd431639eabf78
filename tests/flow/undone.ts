import { type Definition, type ExecutionEvent, isUndo, undoIdOf } from '@studio/contracts';

/** What the log says of undoing, as text, and what it would have to say. */
export interface Undone {
  readonly told: readonly string[];
  readonly due: readonly string[];
}

/** The nodes that declare an undo. */
export const declaringUndo = ({ nodes }: Definition): ReadonlySet<string> =>
  new Set(nodes.filter(({ compensation }) => compensation).map(({ id }) => id));

type Fact<Type extends ExecutionEvent['type']> = Extract<ExecutionEvent, { type: Type }>;

const isOf = <Type extends ExecutionEvent['type']>(
  event: ExecutionEvent,
  type: Type,
): event is Fact<Type> => event.type === type;

/** How an undo came to its end; null for a fact that is no such end. */
const endOfUndo = (event: ExecutionEvent): string | null => {
  if (!('nodeId' in event.data) || !isUndo(event.data.nodeId)) return null;
  if (isOf(event, 'NodeCompleted')) return `${event.data.instanceId} completed`;
  if (isOf(event, 'NodeFailed') && event.data.next === 'go_on')
    return `${event.data.instanceId} failed`;
  return null;
};

/** The instances that declare an undo, in the order in which they completed. */
const completed = (log: readonly ExecutionEvent[], declared: ReadonlySet<string>): string[] =>
  log.flatMap((event) =>
    isOf(event, 'NodeCompleted') && declared.has(event.data.nodeId) ? [event.data.instanceId] : [],
  );

const howItEnded = (
  log: readonly ExecutionEvent[],
): 'completed' | 'complete' | 'incomplete' | null => {
  const end = log.findLast(({ type }) =>
    ['WorkflowCompleted', 'WorkflowFailed', 'WorkflowCancelled'].includes(type),
  );
  if (!end || isOf(end, 'WorkflowCompleted')) return 'completed';
  return 'compensation' in end.data ? (end.data.compensation ?? null) : null;
};

/**
 * Of a run that is over: every completed instance that declares an undo has it come to one end, the last
 * completed first and all of them after the run began to undo; of a run that completed none has; and the
 * run's end says whether anything is left standing.
 */
export const undone = (log: readonly ExecutionEvent[], declared: ReadonlySet<string>): Undone => {
  const told = log.flatMap((event) => endOfUndo(event) ?? []);
  const ended = log.find((event) => isOf(event, 'CompensationEnded'));
  const began = log.findIndex(({ type }) => type === 'CompensationStarted');
  const tooEarly = log
    .slice(0, began < 0 ? log.length : began)
    .filter(({ data }) => 'nodeId' in data && isUndo(data.nodeId));
  const how = howItEnded(log);
  const dueInstances = how === 'completed' ? [] : completed(log, declared).reverse();
  const succeeded = told.filter((line) => line.endsWith(' completed')).length;
  const standing = ended?.data.left.length ?? 0;
  return {
    told: [
      ...told,
      ...tooEarly.map(({ type }) => `too early: ${type}`),
      `${ended?.data.undone ?? 0} undone`,
      `ended ${how ?? 'with nothing to undo'}`,
    ],
    due: [
      ...dueInstances.map(
        (id, place) => `${undoIdOf(id)} ${told[place]?.split(' ')[1] ?? 'completed'}`,
      ),
      `${succeeded} undone`,
      `ended ${dueEnd(how, { standing, isDue: ended !== undefined })}`,
    ],
  };
};

const dueEnd = (
  how: string | null,
  { standing, isDue }: { standing: number; isDue: boolean },
): string => {
  if (how === 'completed') return how;
  if (!isDue) return 'with nothing to undo';
  return standing === 0 ? 'complete' : 'incomplete';
};
