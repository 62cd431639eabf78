import type { DefinedConnection, DefinedNode, Definition, NodeId } from '@studio/contracts';

/** A definition made ready for questions: who feeds whom, and an order in which parents come first. */
export interface Graph {
  readonly nodes: ReadonlyMap<NodeId, DefinedNode>;
  readonly incoming: ReadonlyMap<NodeId, readonly DefinedConnection[]>;
  readonly outgoing: ReadonlyMap<NodeId, readonly DefinedConnection[]>;
  readonly inOrder: readonly DefinedNode[];
  readonly endNodes: readonly DefinedNode[];
}

const groupBy = (
  connections: readonly DefinedConnection[],
  end: 'source' | 'target',
): Map<NodeId, DefinedConnection[]> => {
  const groups = new Map<NodeId, DefinedConnection[]>();
  for (const connection of connections) {
    const group = groups.get(connection[end]);
    if (group) group.push(connection);
    else groups.set(connection[end], [connection]);
  }
  return groups;
};

/** Kahn's order; a definition with a cycle is refused before it is pinned. */
const parentsFirst = (
  nodes: ReadonlyMap<NodeId, DefinedNode>,
  incoming: ReadonlyMap<NodeId, readonly DefinedConnection[]>,
  outgoing: ReadonlyMap<NodeId, readonly DefinedConnection[]>,
): DefinedNode[] => {
  const missing = new Map([...nodes.keys()].map((id) => [id, incoming.get(id)?.length ?? 0]));
  const order = [...nodes.values()].filter((node) => missing.get(node.id) === 0);
  for (const node of order)
    for (const { target } of outgoing.get(node.id) ?? []) {
      const left = (missing.get(target) ?? 0) - 1;
      missing.set(target, left);
      const next = nodes.get(target);
      if (left === 0 && next) order.push(next);
    }
  return order;
};

const index = ({ nodes: list, connections }: Definition): Graph => {
  const nodes = new Map(list.map((node) => [node.id, node]));
  const incoming = groupBy(connections, 'target');
  const outgoing = groupBy(connections, 'source');
  const inOrder = parentsFirst(nodes, incoming, outgoing);
  return {
    nodes,
    incoming,
    outgoing,
    inOrder,
    endNodes: inOrder.filter((node) => !outgoing.has(node.id)),
  };
};

const graphs = new WeakMap<Definition, Graph>();

/** The graph of a definition, made once per definition object. */
export const graphOf = (definition: Definition): Graph => {
  const known = graphs.get(definition);
  if (known) return known;
  const graph = index(definition);
  graphs.set(definition, graph);
  return graph;
};

/** True when the node has an `error` output that leads somewhere. */
export const handlesErrors = (graph: Graph, nodeId: NodeId): boolean =>
  graph.outgoing.get(nodeId)?.some(({ sourceHandle }) => sourceHandle === 'error') ?? false;
