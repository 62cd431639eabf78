import {
  defaultRetryPolicy,
  type DefinedNode,
  type Definition,
  type MovedNode,
} from '@studio/contracts';
import type { Run } from '@studio/domain';

import type { Choose } from './choices.ts';

export interface Edited {
  readonly definition: Definition;
  readonly nodes: readonly MovedNode[];
}

const fresh = (id: string): DefinedNode => ({
  ...{ id, name: id, type: 'action', kind: 'noop@1', config: {}, onInDoubt: 'ask' },
  retry: { ...defaultRetryPolicy, maxRetries: 1 },
});

/** The definition without these nodes, and without what stands in them. */
const without = (
  { nodes, connections }: Definition,
  gone: (node: DefinedNode) => boolean,
): Edited => {
  const left: DefinedNode[] = [];
  const dropped = new Set<string>();
  // Regions come before what stands in them.
  for (const node of nodes)
    if (dropped.has(node.parent ?? '') || gone(node)) dropped.add(node.id);
    else left.push(node);
  return {
    definition: {
      nodes: left,
      connections: connections.filter(
        ({ source, target }) => !dropped.has(source) && !dropped.has(target),
      ),
    },
    nodes: [...dropped].map((from) => ({ from, to: null })),
  };
};

/**
 * The run's definition, changed only where nothing has happened yet: nodes outside of regions that have not
 * begun are dropped or do something else, and new ones come behind any.
 */
export const editedAhead = (
  { definition, instances, tries }: Run,
  choose: Choose,
  tag: string,
): Edited => {
  const isAhead = ({ id, parent }: DefinedNode): boolean =>
    parent === undefined && !instances.has(id) && !tries.has(id);
  /** What leads to a node that has begun, and where one has gone on to, stays. */
  const beside = new Set(
    definition.connections.flatMap(({ source, target }) => [
      ...(instances.has(target) ? [source] : []),
      ...(instances.has(source) ? [target] : []),
    ]),
  );
  const edited = without(
    definition,
    (node) => isAhead(node) && !beside.has(node.id) && choose(4) === 0,
  );
  const regions = new Set(edited.definition.nodes.map(({ parent }) => parent));
  const nodes = edited.definition.nodes.map((node) =>
    isAhead(node) && !regions.has(node.id) && choose(4) === 0
      ? { ...node, kind: 'noop@1', config: { changed: tag } }
      : node,
  );
  const roots = nodes.filter(({ parent }) => parent === undefined);
  const added = [fresh(`new${tag}a`), fresh(`new${tag}b`)];
  const behind = added.flatMap(({ id: target }) => {
    const source = roots[choose(roots.length + 1)];
    const sourceHandle = ['output', 'true', 'error'][choose(3)] ?? 'output';
    return source ? [{ source: source.id, target, sourceHandle }] : [];
  });
  return {
    definition: {
      nodes: [...nodes, ...added],
      connections: [...edited.definition.connections, ...behind],
    },
    nodes: edited.nodes,
  };
};

/** Any other definition; what it does not have is said to be gone. */
export const replaced = ({ definition: { nodes } }: Run, definition: Definition): Edited => {
  const kept = new Set(definition.nodes.map(({ id }) => id));
  const gone = nodes.filter(({ id }) => !kept.has(id));
  return { definition, nodes: gone.map(({ id: from }) => ({ from, to: null })) };
};
