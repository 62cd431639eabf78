import {
  defaultRetryPolicy,
  type DefinedConnection,
  type DefinedNode,
  type Effect,
  type ExecutionEvent,
} from '@studio/contracts';

type DataOf<Type extends ExecutionEvent['type']> = Extract<ExecutionEvent, { type: Type }>['data'];

export const node = (id: string, more: Partial<DefinedNode> = {}): DefinedNode => ({
  ...{ id, name: id, type: 'action', kind: 'noop@1', config: {}, onInDoubt: 'ask' },
  retry: defaultRetryPolicy,
  ...more,
});

export const edge = (
  source: string,
  target: string,
  sourceHandle = 'output',
): DefinedConnection => ({ source, target, sourceHandle });

export const started = (
  nodes: DefinedNode[],
  connections: DefinedConnection[] = [],
  more: Partial<DataOf<'WorkflowStarted'>> = {},
): ExecutionEvent => ({
  type: 'WorkflowStarted',
  data: {
    ...{ executionId: 'e1', workflowId: 'w1', workflowVersion: 1, workflowName: 'W', userId: 'u1' },
    ...{ keyId: 'k1', engineVersion: 1, definition: { nodes, connections }, definitionHash: 'h' },
    ...{ triggerType: 'manual' as const, trigger: { n: 1 }, context: {}, priority: 0 },
    ...{ maxRetries: 3, totalNodes: nodes.length, ...more },
  },
});

/** Outside loops an instance is named like its node. */
export const place = (id: string) => ({ nodeId: id, instanceId: id });

export const begun = (
  id: string,
  more: { attempt?: number; effect?: Effect; generation?: number } = {},
): ExecutionEvent => ({
  type: 'NodeStarted',
  data: {
    ...{ ...place(id), attempt: 1, generation: 0, epoch: 1, effect: 'idempotent' as const },
    ...{ idempotencyKey: `key-${id}`, input: { of: id } },
    ...more,
  },
});

export const done = (id: string, more: Partial<DataOf<'NodeCompleted'>> = {}): ExecutionEvent => ({
  type: 'NodeCompleted',
  data: { ...place(id), attempt: 1, handle: 'output', output: `by ${id}`, ...more },
});

export const nodeFailed = (
  id: string,
  next: DataOf<'NodeFailed'>['next'] = 'fail_run',
): ExecutionEvent => ({
  type: 'NodeFailed',
  data: {
    ...{ ...place(id), attempt: 1, next },
    error: { code: 'http.status', message: 'no', transient: next === 'retry' },
  },
});
