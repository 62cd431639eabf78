import type {
  DefinedConnection,
  DefinedNode,
  ExecutionCommand,
  ExecutionEvent,
} from '@studio/contracts';

import { decide, fold, initialRun, type Run } from '../run/index.ts';
import { edge, node, started } from './runFacts.ts';

export const aNode = (id: string, kind = 'noop@1', more: Partial<DefinedNode> = {}): DefinedNode =>
  node(id, { kind, ...more });

export const anEdge = edge;

export const aStart = (
  nodes: DefinedNode[],
  connections: DefinedConnection[] = [],
  trigger: unknown = { n: 1 },
): ExecutionCommand => {
  const { type, data } = started(nodes, connections, { trigger });
  if (type !== 'WorkflowStarted') throw new Error('a run opens with its start');
  return { type: 'StartWorkflow', data };
};

/** The intent of an effect of the node, under epoch 1. */
export const begun = (
  instanceId: string,
  effect: 'idempotent' | 'unsafe' = 'idempotent',
): ExecutionCommand => ({
  type: 'StartNode',
  data: { instanceId, epoch: 1, effect, idempotencyKey: `key of ${instanceId}`, input: {} },
});

export const done = (instanceId: string, output: unknown, attempt = 1): ExecutionCommand => ({
  type: 'CompleteNode',
  data: { instanceId, attempt, epoch: 1, handle: 'output', output, turns: [] },
});

export const failed = (instanceId: string, attempt = 1): ExecutionCommand => ({
  type: 'FailNode',
  data: {
    ...{ instanceId, attempt, epoch: 1, now: '2026-01-01T00:00:00.000Z' },
    error: { code: 'x', message: `${instanceId} broke`, transient: false },
  },
});

export const pure = (
  instanceId: string,
  handle: string,
  output: unknown = null,
): ExecutionCommand => ({ type: 'CompletePureNode', data: { instanceId, handle, output } });

export const settle: ExecutionCommand = { type: 'SettleRun', data: {} };

export interface Told {
  readonly run: Run;
  readonly log: readonly ExecutionEvent[];
}

/** The run after these orders, given one after the other, and everything that they recorded. */
export const after = (...orders: ExecutionCommand[]): Told => then(null, ...orders);

export const then = (told: Told | null, ...orders: ExecutionCommand[]): Told => {
  let { run, log } = told ?? { run: initialRun, log: [] };
  for (const order of orders) {
    const events = decide(order, run);
    run = fold(run, events);
    log = [...log, ...events];
  }
  return { run, log };
};

export const typesOf = (events: readonly ExecutionEvent[]): string[] =>
  events.map(({ type }) => type);
