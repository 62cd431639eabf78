import {
  type DefinedConnection,
  type DefinedNode,
  type Definition,
  type NodeId,
  undoNodeOf,
} from '@studio/contracts';

/** A definition made ready for questions: who feeds whom, and an order in which parents come first. */
export interface Graph {
  /** With what undoes nodes, which stands in no body: it runs only when the run undoes what it did. */
  readonly nodes: ReadonlyMap<NodeId, DefinedNode>;
  readonly incoming: ReadonlyMap<NodeId, readonly DefinedConnection[]>;
  readonly outgoing: ReadonlyMap<NodeId, readonly DefinedConnection[]>;
  readonly hasRegions: boolean;
  readonly hasUndos: boolean;
  /** What stands outside of all regions. */
  readonly root: Body;
  /** What stands in each region, by the region's id. */
  readonly bodies: ReadonlyMap<NodeId, Body>;
}

/** The nodes of a run or of a region, without those of regions within. */
export interface Body {
  /** Parents come first. */
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

const bodyOf = (
  inOrder: readonly DefinedNode[],
  outgoing: ReadonlyMap<NodeId, readonly DefinedConnection[]>,
): Body => ({ inOrder, endNodes: inOrder.filter((node) => !outgoing.has(node.id)) });

const index = ({ nodes: list, connections }: Definition): Graph => {
  const nodes = new Map(list.map((node) => [node.id, node]));
  const incoming = groupBy(connections, 'target');
  const outgoing = groupBy(connections, 'source');
  const inOrder = parentsFirst(nodes, incoming, outgoing);
  const grouped = Map.groupBy(inOrder, ({ parent }) => parent);
  const bodies = new Map<NodeId, Body>();
  for (const [parent, members] of grouped)
    if (parent !== undefined) bodies.set(parent, bodyOf(members, outgoing));
  const root = bodyOf(grouped.get(undefined) ?? [], outgoing);
  const undos = list.map(undoNodeOf).filter((undo) => undo !== null);
  const all = new Map([...nodes, ...undos.map((undo) => [undo.id, undo] as const)]);
  const has = { hasRegions: bodies.size > 0, hasUndos: undos.length > 0 };
  return { nodes: all, incoming, outgoing, ...has, root, bodies };
};

const noBody: Body = { inOrder: [], endNodes: [] };

/** The body of a region; of the run itself for null. */
export const bodyIn = ({ root, bodies }: Graph, regionId: NodeId | null): Body =>
  regionId === null ? root : (bodies.get(regionId) ?? noBody);

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
