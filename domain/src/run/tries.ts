import type { ExecutionEvent, NodeId } from '@studio/contracts';

/** What an attempt is known by among those of its instance, and what its key is made of. */
export interface Try {
  readonly attempt: number;
  readonly generation: number;
}

/** Of a node: what its instances begin with, and the highest numbers that any of them has had. */
export interface Tries {
  readonly first: Try;
  readonly last: Try;
}

const atFirst: Try = { attempt: 1, generation: 0 };

/** The part of a run that knows them. */
interface Keeper {
  tries: ReadonlyMap<NodeId, Tries>;
}
type Knowing = Readonly<Keeper>;

/** What an instance of the node begins with that has not happened, or is to happen anew. */
export const firstTry = ({ tries }: Knowing, nodeId: NodeId): Try =>
  tries.get(nodeId)?.first ?? atFirst;

/** Numbers that no instance of the node has had. */
export const unusedTry = ({ tries }: Knowing, nodeId: NodeId): Try => {
  const { attempt, generation } = tries.get(nodeId)?.last ?? atFirst;
  return { attempt: attempt + 1, generation: generation + 1 };
};

/** Instances of the node that are to happen anew begin with these numbers. */
export const beginWith = (run: Keeper, nodeId: NodeId, first: Try): void => {
  run.tries = new Map(run.tries).set(nodeId, { first, last: first });
};

/** Keeps the highest numbers: of iterations that are over nothing else is left. */
export const noteTry = (run: Keeper, { data }: ExecutionEvent): void => {
  if (!('nodeId' in data && 'attempt' in data)) return;
  const { nodeId, attempt } = data;
  const generation = 'generation' in data ? data.generation : 0;
  const { first, last } = run.tries.get(nodeId) ?? { first: atFirst, last: atFirst };
  if (attempt <= last.attempt && generation <= last.generation) return;
  const highest = {
    attempt: Math.max(attempt, last.attempt),
    generation: Math.max(generation, last.generation),
  };
  run.tries = new Map(run.tries).set(nodeId, { first, last: highest });
};
