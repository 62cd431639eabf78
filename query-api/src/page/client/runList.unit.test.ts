import { describe, expect, it } from '@jest/globals';

import { createRunList, type Run, type Told } from './runList.ts';

const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;
const run = (id: string, second: number, status: Run['status'] = 'completed'): Run => ({
  ...{ id, workflow_name: 'Read', status, trigger_type: 'manual' },
  ...{ total_nodes: 2, completed_nodes: 2, created_at: at(second), started_at: at(second) },
  duration_ms: 0,
});
const told = (
  id: string,
  second: number,
  type: string,
  update?: [Run['status'], number],
): Told => ({
  executionId: id,
  fact: {
    ...{ eventId: '', type, revision: 0, position: '', hash: '' },
    data: { workflowName: 'Begun', triggerType: 'webhook', totalNodes: 2 },
    metadata: {
      ...{ correlationId: '', causationId: '', commandId: '', workspaceId: '', schemaVersion: 1 },
      ...{ actor: { kind: 'executor', id: '' }, occurredAt: at(second) },
    },
  },
  updates: update
    ? [
        {
          type: 'execution_update',
          data: { status: update[0], completed_nodes: update[1], total_nodes: 2 },
        },
      ]
    : [],
});
const listOf = (status: string, ...runs: readonly Run[]) => {
  const list = createRunList();
  list.read(runs, runs.length, status);
  return list;
};
const ids = (list: ReturnType<typeof listOf>): string[] => list.runs().map(({ id }) => id);

describe('the list of runs', () => {
  it('takes in a run that begins, and follows it to its end', () => {
    const list = listOf('', run('b', 2), run('a', 1));
    list.tell(told('c', 3, 'WorkflowStarted'));
    expect([ids(list), list.total()]).toEqual([['c', 'b', 'a'], 3]);
    list.tell(told('c', 4, 'NodeStarted', ['running', 0]));
    list.tell(told('c', 6, 'WorkflowCompleted', ['completed', 2]));
    expect(list.runs()[0]).toEqual({
      ...{ id: 'c', workflow_name: 'Begun', status: 'completed', trigger_type: 'webhook' },
      ...{ total_nodes: 2, completed_nodes: 2, created_at: at(3), started_at: at(4) },
      duration_ms: 2_000,
    });
  });
  it('is not changed by what is told twice', () => {
    const list = listOf('', run('c', 3));
    list.tell(told('c', 3, 'WorkflowStarted'));
    expect([list.runs(), list.total()]).toEqual([[run('c', 3)], 1]);
  });
  it('passes by a run that is older than those it shows', () => {
    const list = listOf('', run('c', 3));
    list.tell(told('a', 5, 'WorkflowCompleted', ['completed', 2]));
    expect([ids(list), list.total()]).toEqual([['c'], 1]);
  });
  it('lets runs come and go as their status does', () => {
    const list = listOf('running', run('b', 2, 'running'), run('a', 1, 'running'));
    list.tell(told('c', 3, 'WorkflowStarted'));
    expect(ids(list)).toEqual(['b', 'a']);
    list.tell(told('c', 4, 'NodeStarted', ['running', 0]));
    list.tell(told('b', 5, 'WorkflowFailed', ['failed', 1]));
    expect([ids(list), list.total()]).toEqual([['c', 'a'], 2]);
  });
  it('has a failed run go on when it is retried', () => {
    const list = listOf('', { ...run('a', 1, 'failed'), duration_ms: 5 });
    list.tell(told('a', 7, 'WorkflowRetried', ['running', 1]));
    expect(list.runs()[0]).toMatchObject({
      status: 'running',
      started_at: at(1),
      duration_ms: null,
    });
  });
});
