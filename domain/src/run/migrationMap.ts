import { isUndo, type MigrationObstacle, type MovedNode, type NodeId } from '@studio/contracts';

import type { Graph } from './graph.ts';

/** A person's word on what stands in the new graph for nodes of the old one. */
export interface MigrationMap {
  readonly from: Graph;
  readonly to: Graph;
  readonly moved: ReadonlyMap<NodeId, NodeId | null>;
}

export const migrationMap = (
  from: Graph,
  to: Graph,
  nodes: readonly MovedNode[],
): MigrationMap => ({
  ...{ from, to },
  moved: new Map(nodes.map((each) => [each.from, each.to])),
});

export const obstacle = (
  code: MigrationObstacle['code'],
  nodeId: NodeId | null,
  message: string,
): MigrationObstacle => ({ code, node_id: nodeId, message });

/** What stands for a node in the new graph; null for nothing, undefined where nothing does and nobody said so. */
export const counterpartOf = (
  { from, to, moved }: MigrationMap,
  nodeId: NodeId,
): NodeId | null | undefined => {
  const said = moved.get(nodeId);
  if (said !== undefined) return said;
  if (to.nodes.has(nodeId)) return nodeId;
  const region = from.nodes.get(nodeId)?.parent;
  // With a region goes what stands in it.
  return region !== undefined && moved.get(region) === null ? null : undefined;
};

const isNode = ({ nodes }: Graph, id: NodeId): boolean => nodes.has(id) && !isUndo(id);

const unknownEnds = ({ from, to, moved }: MigrationMap): MigrationObstacle[] =>
  [...moved].flatMap(([source, target]) => {
    if (!isNode(from, source))
      return [obstacle('map.unknown_node', source, `The run has no node '${source}'`)];
    if (target === null)
      return to.nodes.has(source)
        ? [
            obstacle(
              ...(['map.unknown_target', source] as const),
              `'${source}' is mapped to nothing, and stands in the new version`,
            ),
          ]
        : [];
    return isNode(to, target)
      ? []
      : [
          obstacle(
            ...(['map.unknown_target', source] as const),
            `'${source}' is mapped to '${target}', which the new version does not have`,
          ),
        ];
  });

const sharedTargets = (map: MigrationMap): MigrationObstacle[] => {
  const taken = new Map<NodeId, NodeId>();
  const nodes = [...map.from.nodes.keys()].filter((id) => !isUndo(id));
  return nodes.flatMap((source) => {
    const target = counterpartOf(map, source);
    if (target === null || target === undefined) return [];
    const other = taken.get(target);
    if (other === undefined) {
      taken.set(target, source);
      return [];
    }
    const message = `Both '${other}' and '${source}' would be '${target}'`;
    return [obstacle('map.not_one_to_one', source, message)];
  });
};

/** What is wrong with the map itself. */
export const mapObstacles = (map: MigrationMap): MigrationObstacle[] => [
  ...unknownEnds(map),
  ...sharedTargets(map),
];
