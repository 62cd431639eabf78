import type { DefinedNode, MigrationObstacle, NodeId } from '@studio/contracts';

import type { Graph } from './graph.ts';
import { counterpartOf, type MigrationMap, obstacle } from './migrationMap.ts';
import type { NodeState } from './run.ts';
import { isSameJson } from './sameJson.ts';

/** A node that has begun, before and after, with how its instances stand. */
interface Begun {
  readonly map: MigrationMap;
  readonly old: DefinedNode;
  readonly next: DefinedNode;
  readonly states: readonly NodeState[];
}

type Check = (begun: Begun) => MigrationObstacle[];

/** Their settings are history, or are evaluated anew before anything goes by them. */
const settingsMayChange: ReadonlySet<NodeState['status']> = new Set([
  ...(['completed', 'failed', 'skipped', 'held', 'reopened'] as const),
]);

const kindChanged: Check = ({ old, next }) =>
  old.kind === next.kind
    ? []
    : [
        obstacle(
          ...(['node.kind_changed', old.id] as const),
          `'${old.id}' has begun as ${old.kind}, and is ${next.kind} in the new version`,
        ),
      ];

/** By its settings a merge says when it begins, and a region what it goes over. */
const isBoundToSettings = ({ kind }: DefinedNode, states: readonly NodeState[]): boolean =>
  states.some(({ status }) => !settingsMayChange.has(status)) ||
  (kind.startsWith('merge@') && states.some(({ status }) => status !== 'skipped'));

const settingsChanged: Check = ({ old, next, states }) => {
  const isSame = isSameJson(old.config, next.config) && old.agentId === next.agentId;
  if (isSame || !isBoundToSettings(old, states)) return [];
  const message = `'${old.id}' is under way with settings that are others in the new version`;
  return [obstacle('node.settings_changed', old.id, message)];
};

const undoChanged: Check = ({ old, next }) =>
  isSameJson(old.compensation ?? null, next.compensation ?? null)
    ? []
    : [
        obstacle(
          ...(['node.undo_changed', old.id] as const),
          `'${old.id}' has begun, and what undoes it is another in the new version`,
        ),
      ];

const regionChanged: Check = ({ old, next }) =>
  old.parent === next.parent
    ? []
    : [
        obstacle(
          ...(['node.region_changed', old.id] as const),
          `'${old.id}' has begun, and stands in another region in the new version`,
        ),
      ];

const inputsOf = ({ incoming }: Graph, id: NodeId): string[] =>
  (incoming.get(id) ?? []).map(({ source, sourceHandle }) => `${source} by ${sourceHandle}`).sort();

const inputsChanged: Check = ({ map, old }) =>
  isSameJson(inputsOf(map.from, old.id), inputsOf(map.to, old.id))
    ? []
    : [
        obstacle(
          ...(['node.inputs_changed', old.id] as const),
          `'${old.id}' has begun, and other nodes lead to it in the new version`,
        ),
      ];

/** By which output the run went on. */
const handleOf = (state: NodeState): string | null => {
  if (state.status === 'completed') return state.handle;
  return state.status === 'failed' && state.handled ? 'error' : null;
};

const handlesOf = ({ outgoing }: Graph, id: NodeId): ReadonlySet<string> =>
  new Set((outgoing.get(id) ?? []).map(({ sourceHandle }) => sourceHandle));

/** An output that was taken and now leads nowhere, while others still do, would leave the run without a way. */
const outputsChanged: Check = ({ map, old, states }) => {
  const before = handlesOf(map.from, old.id);
  const now = handlesOf(map.to, old.id);
  const lost = states
    .map(handleOf)
    .find((handle) => handle !== null && before.has(handle) && !now.has(handle) && now.size > 0);
  if (lost === undefined || lost === null) return [];
  const message = `'${old.id}' went on by its output '${lost}', which leads nowhere in the new version`;
  return [obstacle('node.outputs_changed', old.id, message)];
};

/** Of a node of which no instance stands: what is on record of it counts all the same. */
const checksOfRecord: readonly Check[] = [kindChanged, undoChanged, regionChanged];
const checks: readonly Check[] = [
  ...checksOfRecord,
  ...[settingsChanged, inputsChanged, outputsChanged],
];

/** Why what has begun of a node cannot go on in the new graph. */
export const begunObstacles = (
  map: MigrationMap,
  old: DefinedNode,
  states: readonly NodeState[],
): MigrationObstacle[] => {
  const counterpart = counterpartOf(map, old.id);
  const next = map.to.nodes.get(old.id);
  if (typeof counterpart === 'string' && counterpart !== old.id) {
    const message = `'${old.id}' has begun: its facts and the keys of its effects carry its id`;
    return [obstacle('node.renamed', old.id, message)];
  }
  if (counterpart !== old.id || !next) {
    const message = `'${old.id}' has begun, and nothing stands for it in the new version`;
    return [obstacle('node.gone', old.id, message)];
  }
  const applying = states.length > 0 ? checks : checksOfRecord;
  return applying.flatMap((check) => check({ map, old, next, states }));
};
