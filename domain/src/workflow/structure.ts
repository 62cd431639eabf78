import type { CanvasNode, Connection } from '@studio/contracts';

interface Graph {
  readonly nodes: readonly Pick<CanvasNode, 'id'>[];
  readonly connections: readonly Pick<Connection, 'source' | 'target'>[];
}

/** What keeps a graph from being saved: nodes that share an id, connections whose ends are absent. */
export const structureErrors = ({ nodes, connections }: Graph): string[] => {
  const ids = new Set(nodes.map(({ id }) => id));
  const duplicates = ids.size < nodes.length ? ['Duplicate node IDs found'] : [];
  const loose = connections.flatMap(({ source, target }) => [
    ...(ids.has(source) ? [] : [`Connection source '${source}' not found in nodes`]),
    ...(ids.has(target) ? [] : [`Connection target '${target}' not found in nodes`]),
  ]);
  return [...duplicates, ...new Set(loose)];
};

/** Takes one input off each target; those left without any are ready. */
const release = (targets: readonly string[], open: Map<string, number>): string[] =>
  targets.filter((target) => {
    const inputs = (open.get(target) ?? 0) - 1;
    open.set(target, inputs);
    return inputs === 0;
  });

/** The nodes that no order reaches: those of a ring and those behind it. Linear in nodes and connections. */
const unreached = ({ nodes, connections }: Graph): string[] => {
  const open = new Map(nodes.map(({ id }) => [id, 0]));
  const followers = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of connections) {
    open.set(target, (open.get(target) ?? 0) + 1);
    followers.get(source)?.push(target);
  }
  const ready = [...open].filter(([, inputs]) => inputs === 0).map(([id]) => id);
  for (let next = ready.pop(); next !== undefined; next = ready.pop())
    for (const freed of release(followers.get(next) ?? [], open)) ready.push(freed);
  return [...open].filter(([, inputs]) => inputs > 0).map(([id]) => id);
};

/** The nodes that no connection touches, of a graph of several nodes that has connections. */
export const disconnectedNodes = ({ nodes, connections }: Graph): string[] => {
  if (nodes.length < 2 || connections.length === 0) return [];
  const touched = new Set(connections.flatMap(({ source, target }) => [source, target]));
  return nodes.flatMap(({ id }) => (touched.has(id) ? [] : [id]));
};

const mostNamed = 50;
/** The first of many names, and a sign that there are more. */
export const firstOf = (names: readonly string[]): string =>
  `${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ', …' : ''}`;
const listed = (ids: readonly string[]): string => `{${firstOf(ids.map((id) => `'${id}'`))}}`;

/** What keeps a well-formed graph from being started; null when nothing does. */
export const graphError = (graph: Graph): string | null => {
  const targets = new Set(graph.connections.map(({ target }) => target));
  const beginsNowhere = graph.nodes.every(({ id }) => targets.has(id));
  const ring = unreached(graph);
  const reasons = [
    ...(beginsNowhere ? ['No starting nodes found (all nodes have dependencies)'] : []),
    ...(ring.length > 0 ? [`Cycle detected in workflow. Unprocessed nodes: ${listed(ring)}`] : []),
  ];
  return reasons.length > 0 ? reasons.join('. ') : null;
};
