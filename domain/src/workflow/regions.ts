import type { DefinedNode, Definition } from '@studio/contracts';

/** Kinds whose body is the nodes that name them as their parent. */
const regionKinds: ReadonlySet<string> = new Set(['for-each@1', 'while@1', 'try@1']);

export const isRegion = ({ kind }: DefinedNode): boolean => regionKinds.has(kind);

type Nodes = ReadonlyMap<string, DefinedNode>;

/** What is wrong with the region that a node says it stands in. */
const parentError = ({ id, parent }: DefinedNode, nodes: Nodes): string[] => {
  if (parent === undefined) return [];
  const region = nodes.get(parent);
  if (!region) return [`node '${id}' stands in '${parent}', which is not there`];
  return isRegion(region) ? [] : [`node '${id}' stands in '${parent}', which is no region`];
};

/** True when following the parents comes back to the node. */
const standsInItself = (node: DefinedNode, nodes: Nodes): boolean => {
  const seen = new Set<string>();
  for (let at: DefinedNode | undefined = node; at; at = nodes.get(at.parent ?? '')) {
    if (seen.has(at.id)) return at.id === node.id;
    seen.add(at.id);
  }
  return false;
};

/** An index in brackets tells iterations apart; a node called like one would be taken for it. */
const looksLikeInstance = /\[\d+\]$/;

/** What keeps the regions of a definition from being run, one line each. */
export const regionErrors = ({ nodes: list, connections }: Definition): string[] => {
  const inRegions = list.filter(({ parent }) => parent !== undefined);
  const regions = list.filter(isRegion);
  if (inRegions.length === 0 && regions.length === 0) return [];
  const nodes: Nodes = new Map(list.map((node) => [node.id, node]));
  const parents = new Set(inRegions.map(({ parent }) => parent));
  return [
    ...list.flatMap((node) => parentError(node, nodes)),
    ...list
      .filter((node) => standsInItself(node, nodes))
      .map(({ id }) => `node '${id}' stands in itself`),
    ...regions
      .filter(({ id }) => !parents.has(id))
      .map(({ id }) => `region '${id}' has nothing in it: a node stands in it by data.parent`),
    ...list
      .filter(({ id }) => looksLikeInstance.test(id))
      .map(
        ({ id }) =>
          `node '${id}' is called like an iteration; a workflow with regions cannot have it`,
      ),
    ...connections
      .filter(({ source, target }) => nodes.get(source)?.parent !== nodes.get(target)?.parent)
      .map(
        ({ source, target }) =>
          `the connection from '${source}' to '${target}' crosses the border of a region`,
      ),
  ];
};

const casesOf = ({ config }: DefinedNode): unknown[] => {
  const cases = config['cases'];
  if (!Array.isArray(cases)) return [];
  return (cases as readonly unknown[]).map((each) =>
    typeof each === 'object' && each !== null && 'name' in each ? each.name : null,
  );
};

/** What runs, and not as it was meant, one line each. */
export const controlFlowWarnings = ({ nodes, connections }: Definition): string[] => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const leaving = Map.groupBy(connections, ({ source }) => source);
  const deadEnds = connections.flatMap(({ source, sourceHandle }) => {
    const node = byId.get(source);
    if (!node?.kind.startsWith('switch@')) return [];
    return [...casesOf(node), 'default', 'error'].includes(sourceHandle)
      ? []
      : [`Node '${source}' has no case '${sourceHandle}': what leaves by it is never reached`];
  });
  const uncaught = nodes
    .filter(({ kind }) => kind.startsWith('try@'))
    .filter(({ id }) => !leaving.get(id)?.some(({ sourceHandle }) => sourceHandle === 'error'))
    .map(({ id }) => `Node '${id}' tries without catching: nothing leaves it by 'error'`);
  return [...deadEnds, ...uncaught];
};
