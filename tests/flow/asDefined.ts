import type { DefinedConnection } from '@studio/contracts';
import type { NodeState, Run } from '@studio/domain';

const isTaken = (state: NodeState | undefined, { sourceHandle }: DefinedConnection): boolean => {
  if (state?.status === 'completed') return state.handle === sourceHandle;
  return state?.status === 'failed' && sourceHandle === 'error';
};

/**
 * Nodes outside of regions that do not stand as the definition says by which the completed run ended: one that
 * a way leads to that was taken, or that nothing leads to, has run; any other was skipped.
 */
export const notAsDefined = ({ definition, instances }: Run): string[] =>
  definition.nodes
    .filter(({ parent }) => parent === undefined)
    .flatMap(({ id }) => {
      const ways = definition.connections.filter(({ target }) => target === id);
      const isReached =
        ways.length === 0 || ways.some((way) => isTaken(instances.get(way.source), way));
      const status = instances.get(id)?.status ?? 'pending';
      const hasRun = status === 'completed' || status === 'failed';
      return (isReached ? hasRun : status === 'skipped') ? [] : [`${id} is ${status}`];
    });
