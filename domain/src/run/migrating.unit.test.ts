import { expect, it } from '@jest/globals';
import type {
  DefinedConnection,
  DefinedNode,
  ExecutionCommand,
  MigrationObstacle,
  RunLimit,
} from '@studio/contracts';
import { StudioError } from '@studio/contracts';

import {
  after,
  anEdge,
  aNode,
  aStart,
  begun,
  done,
  failed,
  pure,
  settle,
  then,
  type Told,
  typesOf,
} from '../testing/runs.ts';
import { decide, fold, initialRun, plan } from './index.ts';

type Order = Extract<ExecutionCommand, { type: 'MigrateRun' }>;

const to = (
  nodes: DefinedNode[],
  connections: DefinedConnection[],
  more: Partial<Order['data']> = {},
): Order => ({
  type: 'MigrateRun',
  data: {
    ...{ toVersion: 2, definition: { nodes, connections }, definitionHash: 'h2' },
    ...{ limits: [], deadlineAfterMs: null, nodes: [], fromVersions: null },
    ...more,
  },
});

const http = (id: string, more: Partial<DefinedNode> = {}): DefinedNode =>
  aNode(id, 'http-request@1', more);

const abc = aStart([http('a'), http('b'), http('c')], [anEdge('a', 'b'), anEdge('b', 'c')]);

/** `a` is through, `b` is under way, `c` has not begun. */
const atB = (start: ExecutionCommand = abc): Told =>
  after(start, settle, begun('a'), done('a', 1), begun('b'));

const obstaclesOf = ({ run }: Told, order: Order): MigrationObstacle[] => {
  try {
    decide(order, run);
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'execution.not_migratable') throw error;
    return error.extra['obstacles'] as MigrationObstacle[]; // what the decider refuses with
  }
  return [];
};

const refusals = (told: Told, order: Order): string[] =>
  obstaclesOf(told, order).map(({ code, node_id }) =>
    node_id === null ? code : `${code} ${node_id}`,
  );

it('goes on by the new version with everything on record, its effect in flight under its key', () => {
  const told = atB();
  const order = to(
    [http('a'), http('b'), http('c', { config: { url: 'other' } }), http('d')],
    [anEdge('a', 'b'), anEdge('b', 'c'), anEdge('c', 'd')],
  );
  const migrated = then(told, order);
  expect(typesOf(migrated.log.slice(told.log.length))).toEqual(['WorkflowMigrated']);
  expect(migrated.run.workflowVersion).toBe(2);
  expect(migrated.run.instances).toEqual(told.run.instances);
  expect(plan(migrated.run)).toMatchObject([
    { type: 'perform', instanceId: 'b', state: { idempotencyKey: 'key of b', attempt: 1 } },
  ]);
  const ended = then(
    ...([migrated, done('b', 2), begun('c'), done('c', 3), begun('d'), done('d', 4)] as const),
  );
  expect(ended.run).toMatchObject({ status: 'completed', output: 4 });
  expect(fold(initialRun, ended.log)).toEqual(ended.run);
});

it('is already so when asked twice', () => {
  const order = to([http('a'), http('b'), http('c')], [anEdge('a', 'b'), anEdge('b', 'c')]);
  expect(decide(order, then(atB(), order).run)).toEqual([]);
});

it('settles at once what follows by itself from the new version', () => {
  const start = aStart(
    [http('a'), http('b'), http('c')],
    [anEdge('a', 'b'), anEdge('a', 'c', 'x')],
  );
  const told = after(start, settle, begun('a'), done('a', 1));
  const order = to(
    [http('a'), http('b'), http('c'), aNode('m', 'merge@1')],
    [anEdge('a', 'b'), anEdge('a', 'c', 'x'), anEdge('a', 'm')],
  );
  expect(typesOf(decide(order, told.run))).toEqual(['WorkflowMigrated', 'NodeCompleted']);
});

it('ends a run of which nothing is left to do', () => {
  const told = after(abc, settle, begun('a'), done('a', 1));
  const gone = [
    { from: 'b', to: null },
    { from: 'c', to: null },
  ];
  const events = decide(to([http('a')], [], { nodes: gone }), told.run);
  expect(typesOf(events)).toEqual(['WorkflowMigrated', 'WorkflowCompleted']);
});

it('leaves a paused run paused', () => {
  const told = then(atB(), { type: 'PauseWorkflow', data: { reason: null } });
  const order = to(
    [http('a'), http('b'), http('c'), http('x')],
    [anEdge('a', 'b'), anEdge('b', 'c')],
  );
  expect(typesOf(decide(order, told.run))).toEqual(['WorkflowMigrated']);
  expect(fold(told.run, decide(order, told.run))).toMatchObject({ paused: true });
});

const line = [anEdge('a', 'b'), anEdge('b', 'c')];

it.each<[string, Order, string[]]>([
  ['a node under way is gone', to([http('a'), http('c')], []), ['node.gone b']],
  [
    'a node under way is dropped',
    to([http('a'), http('b'), http('c')], line, { nodes: [{ from: 'b', to: null }] }),
    ['map.unknown_target b', 'node.gone b'],
  ],
  [
    'a node that has begun is renamed',
    to([http('a'), http('x'), http('c')], [anEdge('a', 'x')], { nodes: [{ from: 'b', to: 'x' }] }),
    ['node.renamed b'],
  ],
  [
    'a completed node is of another kind',
    to([aNode('a', 'transform@1'), http('b'), http('c')], line),
    ['node.kind_changed a'],
  ],
  [
    'a node under way has other settings',
    to([http('a'), http('b', { config: { url: 'other' } }), http('c')], line),
    ['node.settings_changed b'],
  ],
  [
    'other nodes lead to what has begun',
    to([http('a'), http('n'), http('b'), http('c')], [...line, anEdge('n', 'b')]),
    ['node.inputs_changed b'],
  ],
  [
    'the output that was taken leads nowhere',
    to([http('a'), http('b'), http('c')], [anEdge('a', 'b', 'error'), anEdge('b', 'c')]),
    ['node.outputs_changed a', 'node.inputs_changed b'],
  ],
  [
    'what has begun stands in a region',
    to([http('a'), http('b', { parent: 'r' }), http('c'), aNode('r', 'try@1')], []),
    ['node.region_changed b', 'node.inputs_changed b'],
  ],
  [
    'what undoes a completed node is another',
    to(
      [
        http('a', {
          compensation: { kind: 'noop@1', config: {}, onInDoubt: 'ask', retry: http('a').retry },
        }),
        ...[http('b'), http('c')],
      ],
      line,
    ),
    ['node.undo_changed a'],
  ],
  [
    'a node that has not begun is gone and nobody said so',
    to([http('a'), http('b')], [anEdge('a', 'b')]),
    ['node.not_mapped c'],
  ],
  [
    'the map names nodes that are not there',
    to([http('a'), http('b'), http('c')], line, {
      nodes: [
        { from: 'x', to: 'c' },
        { from: 'c', to: 'y' },
      ],
    }),
    ['map.unknown_node x', 'map.unknown_target c'],
  ],
  [
    'two nodes would be one',
    to([http('a'), http('b')], [anEdge('a', 'b')], { nodes: [{ from: 'c', to: 'b' }] }),
    ['map.not_one_to_one c'],
  ],
  [
    'the deadline is another',
    to([http('a'), http('b'), http('c')], line, { deadlineAfterMs: 1_000 }),
    ['run.deadline_changed'],
  ],
  [
    'the limits are others',
    to([http('a'), http('b'), http('c')], line, { limits: [{ scope: 'workflow', most: 1 }] }),
    ['run.limits_changed'],
  ],
  [
    'it goes by another version than asked for',
    to([http('a'), http('b'), http('c')], line, { fromVersions: [7] }),
    ['run.other_version'],
  ],
])('refuses when %s', (_, order, reasons) => {
  expect(refusals(atB(), order).sort()).toEqual([...reasons].sort());
});

it('refuses a run that has ended, or is about to', () => {
  const order = to([http('a'), http('b'), http('c')], line);
  const cancel: ExecutionCommand = { type: 'CancelWorkflow', data: { reason: null } };
  expect(refusals(then(atB(), cancel), order)).toEqual(['run.ended']);
  const start = aStart([http('a'), http('b')]);
  const failing = after(start, settle, begun('a'), begun('b'), failed('a'));
  expect(refusals(failing, to([http('a'), http('b')], []))).toEqual(['run.ending']);
});

it('lets settings change that are evaluated anew: of a node that is held', () => {
  const held = (url: string): DefinedNode => http('b', { onExhausted: 'pause', config: { url } });
  const start = aStart([http('a'), held('old')], [anEdge('a', 'b')]);
  const told = then(atB(start), failed('b'));
  const order = to([http('a'), held('new')], [anEdge('a', 'b')]);
  const now = '2026-01-01T00:00:00.000Z';
  const again: ExecutionCommand = {
    type: 'ResolveNode',
    data: { nodeId: 'b', resolution: { action: 'retry' }, now },
  };
  const retried = then(told, order, again);
  expect(plan(retried.run)).toMatchObject([
    {
      type: 'begin',
      instanceId: 'b',
      generation: 1,
      again: null,
      node: { config: { url: 'new' } },
    },
  ]);
});

const each = aNode('r', 'for-each@1');
const inside = (id: string, more: Partial<DefinedNode> = {}): DefinedNode =>
  http(id, { parent: 'r', ...more });
const inRegion = (): Told =>
  after(aStart([each, inside('x'), http('z')], [anEdge('r', 'z')]), settle, {
    type: 'StartRegion',
    data: {
      ...{ instanceId: 'r', items: [1, 2], maxIterations: 2, window: 1 },
      ...{ maxFailures: 0, onBound: 'fail' },
    },
  });

it('refuses another body of a region that has begun, and takes what comes behind it', () => {
  const behind = [anEdge('r', 'z')];
  const told = inRegion();
  expect(refusals(told, to([each, inside('x', { config: { n: 1 } }), http('z')], behind))).toEqual([
    'region.body_changed r',
  ]);
  expect(refusals(told, to([each, inside('x'), inside('y'), http('z')], behind))).toEqual([
    'region.body_changed r',
  ]);
  const order = to([each, inside('x'), http('z'), http('end')], [...behind, anEdge('z', 'end')]);
  expect(refusals(told, order)).toEqual([]);
});

it('takes a dropped region with all that stands in it, while it has not begun', () => {
  const start = aStart([http('a'), each, inside('x')], [anEdge('a', 'r')]);
  const told = after(start, settle, begun('a'));
  const order = to([http('a')], [], { nodes: [{ from: 'r', to: null }] });
  expect(refusals(told, order)).toEqual([]);
});

it('keeps the trigger node that began the run, also before its first fact', () => {
  const start = aStart([aNode('t', 'schedule@1'), http('a')], [anEdge('t', 'a')]);
  if (start.type !== 'StartWorkflow') throw new Error('it opens a run');
  const firedBy = {
    ...{ by: 'schedule' as const, nodeId: 't', scheduleId: 's' },
    ...{ dueAt: '2026-01-01T00:00:00.000Z', nextDueAt: null },
  };
  const told = after({ ...start, data: { ...start.data, firedBy } });
  expect(refusals(told, to([http('a')], [], { nodes: [{ from: 't', to: null }] }))).toEqual([
    'node.gone t',
  ]);
});

it('does not look at limits of the workspace', () => {
  const workspace: RunLimit = { scope: 'workspace', most: 10 };
  const order = to([http('a'), http('b'), http('c')], line, { limits: [workspace] });
  expect(refusals(atB(), order)).toEqual([]);
});

it('goes by what a condition chose before', () => {
  const start = aStart(
    [aNode('if', 'condition@1'), http('yes'), http('no')],
    [anEdge('if', 'yes', 'true'), anEdge('if', 'no', 'false')],
  );
  const told = after(start, settle, pure('if', 'true'));
  const order = to(
    [aNode('if', 'condition@1'), http('yes'), http('no'), http('also')],
    [anEdge('if', 'yes', 'true'), anEdge('if', 'no', 'false'), anEdge('if', 'also', 'true')],
  );
  const migrated = then(told, order);
  expect(plan(migrated.run).map((effect) => 'instanceId' in effect && effect.instanceId)).toEqual([
    'yes',
    'also',
  ]);
});

it('keeps a node that was sent back, which may have other settings and other inputs by then', () => {
  const now = '2026-01-01T00:00:00.000Z';
  const told = then(then(atB(), done('b', 2)), {
    type: 'RewindWorkflow',
    data: { nodeId: 'b', reason: null, now },
  });
  expect(told.run.instances.has('b')).toBe(false);
  const gone = { nodes: [{ from: 'b', to: null }] };
  expect(refusals(told, to([http('a'), http('c')], [], gone))).toEqual(['node.gone b']);
  const order = to(
    [http('a'), http('n'), http('b', { config: { url: 'mended' } }), http('c')],
    [anEdge('a', 'n'), anEdge('n', 'b'), anEdge('b', 'c')],
  );
  const migrated = then(told, order, begun('n'), done('n', 1));
  expect(plan(migrated.run)).toMatchObject([
    { type: 'begin', instanceId: 'b', generation: 1, node: { config: { url: 'mended' } } },
  ]);
});
