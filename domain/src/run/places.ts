import type { InstanceId, NodeId } from '@studio/contracts';

import type { Graph } from './graph.ts';

/** Where an instance stands: its node, and the iterations around it (`[3][0]`; empty outside regions). */
export interface Place {
  readonly nodeId: NodeId;
  readonly path: string;
}

export const instanceAt = ({ nodeId, path }: Place): InstanceId => nodeId + path;

const iterations = /(?:\[\d+\])+$/;

/** The place of an instance. Outside regions the instance is named like its node. */
export const placeOf = (graph: Graph, instanceId: InstanceId): Place => {
  const node = graph.nodes.get(instanceId);
  if (node?.parent === undefined && (node || !graph.hasRegions))
    return { nodeId: instanceId, path: '' };
  const path = iterations.exec(instanceId)?.[0] ?? '';
  return { nodeId: instanceId.slice(0, instanceId.length - path.length), path };
};

/** An iteration of a region at a place. */
export interface Iteration {
  readonly region: Place;
  readonly index: number;
}

/** An iteration as what stands in it sees it. */
export interface IterationAround {
  readonly regionId: NodeId;
  readonly index: number;
  /** What the iteration works on. */
  readonly item: unknown;
}

/** The innermost iteration around a place; null outside regions. */
export const around = (graph: Graph, { nodeId, path }: Place): Iteration | null => {
  const parent = graph.nodes.get(nodeId)?.parent;
  if (parent === undefined) return null;
  const last = path.lastIndexOf('[');
  if (last < 0) return null;
  return {
    region: { nodeId: parent, path: path.slice(0, last) },
    index: Number(path.slice(last + 1, -1)),
  };
};

/** The path of what stands in an iteration of the region. */
export const pathInto = ({ path }: Place, index: number): string => `${path}[${index}]`;
