import type { DefinedNode, Definition } from '@studio/contracts';
import fc from 'fast-check';

import { anyWorkflow } from '../flow/anyWorkflow.ts';
import type { Chance } from './chance.ts';
import { subWorkflowId } from './subWorkflow.ts';

type Settings = (chance: Chance, node: DefinedNode) => Partial<DefinedNode>;

const call: Settings = (chance) => {
  const unsafe = chance.oneIn(2);
  const url = `http://world/${unsafe ? 'unsafe' : 'idempotent'}`;
  return {
    kind: 'http-request@1',
    config: { method: 'POST', url, idempotent: !unsafe },
    ...(chance.oneIn(4) ? { timeoutMs: chance.pick([200, 2_000]) } : {}),
    ...(chance.oneIn(6) ? { onExhausted: 'pause' as const } : {}),
  };
};

const settings: Readonly<Record<string, Settings>> = {
  'noop@1': call,
  'condition@1': () => ({ config: { expression: 'chance' } }),
  'merge@1': (_, { config }) => ({ config: { ...config, count: 1 } }),
  'delay@1': (chance) => ({ config: { durationMs: chance.pick([0, 20, 1_500]) } }),
  'sub-workflow@1': (chance) => ({
    config: { workflowId: subWorkflowId, retryFailed: chance.oneIn(2) },
  }),
  'end@1': () => ({ config: {} }),
  'for-each@1': (chance) => ({
    config: {
      items: Array.from({ length: chance.choose(4) }, (_, index) => index),
      window: chance.between(1, 3),
      onFailure: chance.pick(['failFast', 'collect', 'threshold']),
      maxFailures: 1,
    },
  }),
  'while@1': (chance) => ({
    config: {
      ...{ expression: 'chance', maxIterations: chance.between(1, 4) },
      onBound: chance.pick(['fail', 'complete']),
    },
  }),
  'try@1': () => ({ config: {} }),
};

const tried = (chance: Chance) => ({
  retry: { maxRetries: chance.choose(3), delaysMs: [100, 700] },
  onInDoubt: chance.pick(['ask', 'ask', 'fail', 'retry'] as const),
});

/** An undo is a call, too. */
const undoBy = (chance: Chance, node: DefinedNode): Partial<DefinedNode> =>
  node.compensation
    ? { compensation: { ...node.compensation, ...tried(chance), ...call(chance, node) } }
    : {};

/** A workflow of any structure, with settings by which each of its nodes has something to do. */
export const workflowBy = (chance: Chance): Definition => {
  const seed = chance.choose(2 ** 31);
  const [shape] = fc.sample(anyWorkflow, { seed, numRuns: 1 });
  if (!shape) throw new Error('the generator made no workflow');
  return {
    ...shape,
    nodes: shape.nodes.map((node) => ({
      ...{ ...node, ...tried(chance) },
      ...settings[node.kind]?.(chance, node),
      ...undoBy(chance, node),
    })),
  };
};

/** What a sub-workflow does: a call, and a wait. */
export const subWorkflowBy = (chance: Chance): Definition => {
  const node = (id: string, kind: string): DefinedNode => ({
    ...{ id, name: id, type: 'action', kind, config: {} },
    retry: { maxRetries: chance.choose(3), delaysMs: [100, 700] },
    onInDoubt: chance.pick(['ask', 'fail', 'retry']),
  });
  const nodes = [node('call', 'noop@1'), node('pause', 'delay@1')];
  return {
    nodes: nodes.map((each) => ({ ...each, ...settings[each.kind]?.(chance, each) })),
    connections: [{ source: 'call', target: 'pause', sourceHandle: 'output' }],
  };
};
