import { describe, expect, it } from '@jest/globals';
import type { ExecutionEvent } from '@studio/contracts';

import { foldRun, initialRun } from '../index.ts';
import { node, started } from '../testing/runFacts.ts';
import { rerunData } from './rerun.ts';
import type { StartData } from './start.ts';

const now = '2026-02-01T00:00:00.000Z';
const given = { executionId: 'e2', userId: 'u2', keyId: 'k2', now };
const cancelled: ExecutionEvent = { type: 'WorkflowCancelled', data: { reason: null } };

const forgotten: ExecutionEvent = {
  type: 'DataErased',
  data: { executionId: 'e1', keyId: 'k1' },
};

const opening = (more: Partial<StartData> = {}): StartData => {
  const { type, data } = started([node('a')], [], more);
  if (type !== 'WorkflowStarted') throw new Error('a run opens with its start');
  return data;
};
const rerunAfter = (first: StartData, ...facts: ExecutionEvent[]): StartData =>
  rerunData(
    foldRun(initialRun, [{ type: 'WorkflowStarted', data: first }, ...facts]),
    first,
    given,
  );

describe('a run that is run again', () => {
  it('begins with all that it was started with, as another run', () => {
    const names = { businessKey: 'order-7', tags: [], labels: {} };
    const named = { names, hashes: ['h'] };
    const first = opening({ workflowVersion: 3, priority: 5, context: { c: 1 }, named });
    expect(rerunAfter(first, cancelled)).toEqual({
      ...first,
      ...{ executionId: 'e2', userId: 'u2', keyId: 'k2', rerunOf: 'e1' },
    });
  });

  it('begins at once, and has the whole time again', () => {
    const deadline = { afterMs: 1_000, dueAt: '2026-01-01T00:00:01.000Z' };
    const data = rerunAfter(
      opening({ scheduledAt: '2026-01-01T00:00:00.000Z', deadline }),
      cancelled,
    );
    expect(data).not.toHaveProperty('scheduledAt');
    expect(data.deadline).toEqual({ afterMs: 1_000, dueAt: '2026-02-01T00:00:01.000Z' });
  });

  it('begins at the same trigger node, and is no firing of it', () => {
    const ended = { endedExecutionId: 'e0', endRevision: 4, triggerId: 't', nodeId: 'a' };
    const first = opening({ firedBy: { by: 'event', ...ended } });
    const again = rerunAfter(first, cancelled);
    expect(again.firedBy).toEqual({ by: 'rerun', nodeId: 'a' });
    expect(rerunAfter(again, cancelled).firedBy).toEqual({ by: 'rerun', nodeId: 'a' });
  });

  it.each<[string, Partial<StartData>, ExecutionEvent[], string]>([
    ['is still open', {}, [], 'execution.not_ended'],
    ['was forgotten', {}, [cancelled, forgotten], 'execution.erased'],
    [
      'is part of another one',
      { parent: { executionId: 'e0', nodeId: 'p', instanceId: 'p' } },
      [cancelled],
      'execution.not_rerunnable',
    ],
  ])('must not be one that %s', (_, more, facts, code) => {
    expect(() => rerunAfter(opening(more), ...facts)).toThrow(expect.objectContaining({ code }));
  });
});
