import { describe, expect, it } from '@jest/globals';
import type { ChildEnd, ExecutionCommand } from '@studio/contracts';

import {
  after,
  anEdge,
  aNode,
  aStart,
  begun,
  failed,
  settle,
  then,
  type Told,
  typesOf,
} from '../testing/runs.ts';
import { fold, initialRun, plan } from './index.ts';

const now = '2026-01-01T00:00:00.000Z';
const kind = 'sub-workflow@1';
const alone = aStart([aNode('sub', kind)]);
const awaiting = (attempt = 1, childExecutionId = 'c1'): ExecutionCommand => ({
  type: 'AwaitChild',
  data: { instanceId: 'sub', attempt, epoch: 1, childExecutionId, workflowId: 'w2' },
});
const ends = (end: ChildEnd, childExecutionId = 'c1'): ExecutionCommand => ({
  type: 'EndChild',
  data: { childExecutionId, end, now },
});
const completed: ChildEnd = { outcome: 'completed', output: 42 };
const broke: ChildEnd = { outcome: 'failed', code: 'http.status', message: 'no' };
const standing = ({ run }: Told) => run.instances.get('sub')?.status;
const newTypes = (before: Told, told: Told) => typesOf(told.log.slice(before.log.length));
const waiting = after(alone, begun('sub'), awaiting());

describe('a node that runs another workflow', () => {
  it('waits for the run that it started, with nothing to do meanwhile', () => {
    expect(standing(waiting)).toBe('awaiting_child');
    expect(plan(waiting.run)).toEqual([]);
    expect(waiting.run.status).toBe('running');
  });

  it('goes on with its output', () => {
    const told = then(waiting, ends(completed));
    expect(newTypes(waiting, told)).toEqual(['NodeCompleted', 'ChildEnded', 'WorkflowCompleted']);
    expect(told.run.output).toBe(42);
  });

  it('takes its end once, and no other run as its own', () => {
    expect(then(waiting, ends(completed, 'c2')).run).toEqual(waiting.run);
    const told = then(waiting, ends(completed));
    expect(then(told, ends(completed)).run).toEqual(told.run);
  });

  it('is asked again for what a record that broke off has lost', () => {
    const [started, ...rest] = then(waiting, ends(completed)).log;
    const broken = fold(
      initialRun,
      [started, ...rest.slice(0, 3)].flatMap((fact) => fact ?? []),
    );
    expect(broken.instances.get('sub')?.status).toBe('completed');
    const told = then({ run: broken, log: [] }, settle);
    expect(told.run.output).toBe(42);
  });

  it.each([
    [broke, 'child.failed', 'http.status'],
    [{ outcome: 'cancelled' } as const, 'child.cancelled', 'cancelled'],
  ])('fails as it does: %j', (end, code, named) => {
    const told = then(waiting, ends(end));
    expect(newTypes(waiting, told)).toEqual(['NodeFailed', 'ChildEnded', 'WorkflowFailed']);
    expect(told.run.failure?.error).toMatchObject({ code, transient: false });
    expect(told.run.failure?.error.message).toContain(named);
  });

  it('begins anew only where its settings say so', () => {
    const again: ExecutionCommand = {
      type: 'StartNode',
      data: {
        ...{ instanceId: 'sub', epoch: 1, effect: 'idempotent', idempotencyKey: 'k' },
        input: { retryFailed: true },
      },
    };
    const before = after(alone, again, awaiting());
    const told = then(before, ends(broke));
    expect(newTypes(before, told)).toEqual(['NodeFailed', 'NodeRetryScheduled', 'ChildEnded']);
    expect(standing(told)).toBe('retrying');
  });

  it('keeps a failing run open until it has ended', () => {
    const nodes = [aNode('sub', kind), aNode('other')];
    const before = after(aStart(nodes), begun('sub'), begun('other'), awaiting(), failed('other'));
    expect(before.run.status).toBe('running');
    expect(then(before, ends(completed)).run.status).toBe('failed');
  });

  it('keeps the end of a run that came while it is paused', () => {
    const after_ = aStart([aNode('sub', kind), aNode('next')], [anEdge('sub', 'next')]);
    const paused = after(after_, begun('sub'), awaiting(), {
      type: 'PauseWorkflow',
      data: { reason: null },
    });
    const told = then(paused, ends(completed));
    expect(standing(told)).toBe('completed');
    expect(plan(told.run)).toEqual([]);
  });

  it('is called off when its run is cancelled', () => {
    const told = then(waiting, { type: 'CancelWorkflow', data: { reason: null } });
    expect(newTypes(waiting, told)).toEqual(['WorkflowCancelled', 'NodeCancelled']);
    expect(then(told, ends(completed)).run).toEqual(told.run);
  });

  it('records a run that was started too late, and does not wait for it', () => {
    const cancelled = then(after(alone, begun('sub')), {
      type: 'CancelWorkflow',
      data: { reason: null },
    });
    const told = then(cancelled, awaiting());
    expect(newTypes(cancelled, told)).toEqual(['LateOutcomeRecorded']);
  });
});

it('cancels a run that nobody waits for any more, unless it is over', () => {
  const orphan: ExecutionCommand = { type: 'CancelOrphan', data: {} };
  const told = then(waiting, orphan);
  expect(told.run.status).toBe('cancelled');
  expect(then(told, orphan).run).toEqual(told.run);
});
