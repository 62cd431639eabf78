import type {
  DefinedConnection,
  DefinedNode,
  ExecutionCommand,
  MigrationObstacle,
  NodeId,
  RunLimit,
} from '@studio/contracts';

import { begunNodes } from './begunNodes.ts';
import { begunObstacles } from './begunObstacles.ts';
import { bodyIn, type Graph, graphOf } from './graph.ts';
import {
  counterpartOf,
  mapObstacles,
  type MigrationMap,
  migrationMap,
  obstacle,
} from './migrationMap.ts';
import { isEnding, isForgotten, isOver, type NodeState, type Run } from './run.ts';
import { isSameJson } from './sameJson.ts';

type Target = Extract<ExecutionCommand, { type: 'MigrateRun' }>['data'];

/** Why the run as a whole can go by no other version, or not by one from there. */
const standingObstacles = (run: Run, { fromVersions }: Target): MigrationObstacle[] => {
  if (isOver(run)) return [obstacle('run.ended', null, 'The run has ended')];
  if (isForgotten(run)) return [obstacle('run.erased', null, 'What the run sealed was erased')];
  if (isEnding(run) || run.compensation)
    return [obstacle('run.ending', null, 'The run is coming to its end: nothing new begins in it')];
  if (fromVersions && !fromVersions.includes(run.workflowVersion))
    return [obstacle('run.other_version', null, `The run goes by version ${run.workflowVersion}`)];
  return [];
};

/** Those of the workflow: the workspace's is no matter of its versions. */
const ofWorkflow = (limits: readonly RunLimit[]): readonly RunLimit[] =>
  limits.filter(({ scope }) => scope === 'workflow');

/** What a run was started under holds until it ends. */
const conditionObstacles = (run: Run, target: Target): MigrationObstacle[] => [
  ...(isSameJson(ofWorkflow(run.permits?.limits ?? []), ofWorkflow(target.limits))
    ? []
    : [obstacle('run.limits_changed', null, 'The new version has other limits')]),
  ...((run.deadline?.afterMs ?? null) === target.deadlineAfterMs
    ? []
    : [obstacle('run.deadline_changed', null, 'The new version has another deadline')]),
];

interface Inside {
  readonly nodes: readonly DefinedNode[];
  readonly connections: readonly DefinedConnection[];
}

/** Everything that stands in a region, also in regions within. */
const insideOf = (graph: Graph, regionId: NodeId): Inside => {
  const own = [...bodyIn(graph, regionId).inOrder];
  const within = own.map(({ id }) => insideOf(graph, id));
  const leading = own.flatMap(({ id }) => graph.outgoing.get(id) ?? []);
  return {
    nodes: [...own, ...within.flatMap(({ nodes }) => nodes)],
    connections: [...leading, ...within.flatMap(({ connections }) => connections)],
  };
};

const inOrder = ({ nodes, connections }: Inside) => ({
  nodes: [...nodes].sort((one, other) => (one.id < other.id ? -1 : 1)),
  connections: connections
    .map(({ source, target, sourceHandle }) => JSON.stringify([source, target, sourceHandle]))
    .sort(),
});

/** What stands in a region that has begun has run, or is to run by what the region began with. */
const bodyObstacles = (
  { from, to }: MigrationMap,
  { id }: DefinedNode,
  states: readonly NodeState[],
): MigrationObstacle[] => {
  const hasRun = states.some(({ status }) => status !== 'skipped');
  if (!hasRun || isSameJson(inOrder(insideOf(from, id)), inOrder(insideOf(to, id)))) return [];
  const message = `'${id}' has begun, and what stands in it is another in the new version`;
  return [obstacle('region.body_changed', id, message)];
};

/** A node that has not begun may be any other in the new version, once somebody says that it is gone. */
const pendingObstacles = (map: MigrationMap, { id }: DefinedNode): MigrationObstacle[] => {
  if (counterpartOf(map, id) !== undefined) return [];
  const message = `The new version has no node '${id}': say what stands for it, or null for nothing`;
  return [obstacle('node.not_mapped', id, message)];
};

/**
 * All that keeps an open run from going by another definition. None: everything on record stands in it as
 * though the run had gone by it from the beginning, and what has not begun will go by it.
 */
export const obstaclesTo = (run: Run, target: Target): readonly MigrationObstacle[] => {
  const standing = standingObstacles(run, target);
  if (standing.length > 0) return standing;
  const map = migrationMap(graphOf(run.definition), graphOf(target.definition), target.nodes);
  const begun = begunNodes(run);
  return [
    ...conditionObstacles(run, target),
    ...mapObstacles(map),
    ...run.definition.nodes.flatMap((node) => {
      const states = begun.get(node.id);
      return states
        ? [...begunObstacles(map, node, states), ...bodyObstacles(map, node, states)]
        : pendingObstacles(map, node);
    }),
  ];
};
