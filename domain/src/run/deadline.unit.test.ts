import { expect, it } from '@jest/globals';
import type { ExecutionCommand } from '@studio/contracts';

import { started } from '../testing/runFacts.ts';
import { after, anEdge, aNode, begun, done, settle, then, typesOf } from '../testing/runs.ts';
import { decide, plan } from './index.ts';

const dueAt = '2026-01-02T00:00:00.000Z';
const day = 86_400_000;
const nodes = [aNode('a'), aNode('b')];
const { data } = started(nodes, [anEdge('a', 'b')], { deadline: { afterMs: day, dueAt } }) as {
  data: Extract<ExecutionCommand, { type: 'StartWorkflow' }>['data'];
}; // the fact that opens a run
const start: ExecutionCommand = { type: 'StartWorkflow', data };
const deadlineAt = (now: string): ExecutionCommand => ({
  type: 'FireTimer',
  data: { timerId: 'deadline#0', now },
});
const due = deadlineAt(dueAt);

it('waits for its deadline beside all else', () => {
  const { run } = after(start, settle);
  expect(plan(run)).toContainEqual({ type: 'wake', timerId: 'deadline#0', dueAt });
  expect(decide(deadlineAt('2026-01-01T23:59:59.999Z'), run)).toEqual([]);
});

it('fails at its deadline, and what was under way with it', () => {
  const before = after(start, settle, begun('a'));
  const told = then(before, due);
  expect(typesOf(told.log.slice(before.log.length))).toEqual([
    ...['WorkflowDeadlineExceeded', 'NodeFailed', 'WorkflowFailed'],
  ]);
  expect(told.log.at(-1)?.data).toMatchObject({ instanceId: null, code: 'run.deadline_exceeded' });
  expect([told.run.status, plan(told.run)]).toEqual(['failed', []]);
  expect(decide(due, told.run)).toEqual([]);
});

it('records an answer that comes after the deadline, once', () => {
  const told = then(after(start, settle, begun('a'), due), done('a', 1));
  expect(told.log.at(-1)).toMatchObject({ type: 'LateOutcomeRecorded', data: { outcome: 1 } });
  expect(decide(done('a', 1), told.run)).toEqual([]);
});

it('fails while it is paused, and says so', () => {
  const pause: ExecutionCommand = { type: 'PauseWorkflow', data: { reason: null } };
  const told = then(after(start, settle, pause), due);
  expect(told.log.at(-1)?.data).toMatchObject({ paused: true });
  expect([told.run.status, told.run.paused]).toEqual(['failed', false]);
});

it('has as long again when a person has it go on', () => {
  const retry: ExecutionCommand = {
    type: 'RetryWorkflow',
    data: { now: '2026-02-01T00:00:00.000Z' },
  };
  const told = then(after(start, settle, begun('a'), due), retry, settle);
  expect(plan(told.run)).toMatchObject([
    { type: 'begin', instanceId: 'a', generation: 1 },
    { type: 'wake', timerId: 'deadline#1', dueAt: '2026-02-02T00:00:00.000Z' },
  ]);
  expect(then(told, begun('a'), done('a', 1, 2), begun('b'), done('b', 2)).run.status).toBe(
    'completed',
  );
});

it('repeats no unsafe effect that the deadline called off: it is in doubt when the run goes on', () => {
  const retry: ExecutionCommand = { type: 'RetryWorkflow', data: { now: dueAt } };
  const failed = after(start, settle, begun('a', 'unsafe'), due);
  expect(typesOf(failed.log).slice(-4)).toEqual([
    ...['WorkflowDeadlineExceeded', 'NodeInDoubt', 'NodeFailed', 'WorkflowFailed'],
  ]);
  expect(then(failed, retry).run.instances.get('a')?.status).toBe('in_doubt');
});
