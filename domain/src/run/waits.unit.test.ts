import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand } from '@studio/contracts';

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
import { decide, fold, plan } from './index.ts';

const now = '2026-01-01T00:00:00.000Z';
const dueAt = '2026-01-02T00:00:00.000Z';
type Awaiting = Extract<ExecutionCommand, { type: 'AwaitSignal' }>['data'];
const wait = (instanceId = 'wait', more: Partial<Awaiting> = {}): ExecutionCommand => ({
  type: 'AwaitSignal',
  data: { instanceId, name: 'paid', callback: false, selects: false, dueAt: null, ...more },
});
const signal = (signalId: string, payload: unknown = signalId): ExecutionCommand => ({
  type: 'ReceiveSignal',
  data: { signalId, name: 'paid', payload, sentBy: 'u' },
});
const callback = (payload: unknown, attempt = 1): ExecutionCommand => ({
  type: 'ReceiveCallback',
  data: { instanceId: 'wait', attempt, payload },
});
const judge = (signalId: string, holds: boolean): ExecutionCommand => ({
  type: 'JudgeSignal',
  data: { instanceId: 'wait', signalId, holds },
});
const fire = (at = dueAt): ExecutionCommand => ({
  type: 'FireTimer',
  data: { timerId: 'signal:wait#1', now: at },
});

const kind = 'wait-for-event@1';
const alone = aStart([aNode('wait', kind)]);
const standing = ({ run }: Told, instanceId = 'wait') => run.instances.get(instanceId)?.status;
const newTypes = (before: Told, told: Told) => typesOf(told.log.slice(before.log.length));
const refusal = (order: ExecutionCommand, { run }: Told): unknown => {
  try {
    return decide(order, run);
  } catch (error) {
    return (error as { code: string }).code; // decide refuses with a code
  }
};

describe('a wait', () => {
  it('goes on with the signal that comes', () => {
    const before = after(alone, wait());
    expect(plan(before.run)).toEqual([]);
    const told = then(before, signal('s1', { amount: 7 }));
    expect(newTypes(before, told)).toEqual([
      ...['SignalReceived', 'SignalTaken', 'NodeCompleted', 'WorkflowCompleted'],
    ]);
    expect(told.run.output).toEqual({ amount: 7 });
  });

  it('takes one that came before it waited, the oldest first, each once', () => {
    const two = aStart([aNode('wait', kind), aNode('then', kind)], [anEdge('wait', 'then')]);
    const told = then(after(two, signal('s1'), signal('s2')), wait(), wait('then'));
    const taken = told.log.flatMap(({ type, data }) => (type === 'SignalTaken' ? [data] : []));
    expect(taken).toMatchObject([
      { instanceId: 'wait', signalId: 's1' },
      { instanceId: 'then', signalId: 's2' },
    ]);
  });

  it('takes the same signal once, however often it is sent', () => {
    const told = after(alone, signal('s1'));
    expect(decide(signal('s1', 'another'), told.run)).toEqual([]);
    const taken = then(told, wait());
    expect(decide(signal('s1'), taken.run)).toEqual([]);
  });

  it('leaves signals of other names alone', () => {
    const told = after(alone, wait('wait', { name: 'shipped' }), signal('s1'));
    expect(standing(told)).toBe('awaiting_signal');
  });

  it('asks its expression, and leaves what it declines to others', () => {
    const two = aStart([aNode('wait', kind), aNode('any', kind)]);
    const asked = after(two, wait('wait', { selects: true }), signal('s1', 1));
    expect(plan(asked.run)).toMatchObject([
      { type: 'judge', signalId: 's1', payload: 1 },
      { type: 'begin', instanceId: 'any' },
    ]);
    const declined = then(asked, judge('s1', false));
    expect(plan(declined.run)).toMatchObject([{ type: 'begin', instanceId: 'any' }]);
    const told = then(declined, wait('any'), signal('s2', 2), judge('s2', true));
    expect([standing(told, 'any'), told.run.status]).toEqual(['completed', 'completed']);
    expect(told.run.output).toEqual({ any: 1, wait: 2 });
    expect(decide(judge('s2', true), told.run)).toEqual([]);
  });

  it('fails with its expression', () => {
    const asked = after(alone, wait('wait', { selects: true }), signal('s1'));
    const error = { code: 'expression.failed', message: 'no', transient: false };
    const data = { instanceId: 'wait', signalId: 's1', error };
    const told = then(asked, { type: 'FailJudging', data });
    expect(told.run.status).toBe('failed');
  });

  it('ends by timeout at its deadline, with its input', () => {
    const late = aStart(
      [aNode('wait', kind), aNode('late'), aNode('paid')],
      [anEdge('wait', 'late', 'timeout'), anEdge('wait', 'paid')],
      'order 7',
    );
    const before = after(late, wait('wait', { dueAt }));
    expect(plan(before.run)).toEqual([{ type: 'wake', timerId: 'signal:wait#1', dueAt }]);
    expect(decide(fire(now), before.run)).toEqual([]);
    const told = then(before, fire());
    expect(newTypes(before, told)).toEqual(['TimerFired', 'NodeCompleted', 'NodeSkipped']);
    expect(told.run.instances.get('wait')).toMatchObject({ handle: 'timeout', output: 'order 7' });
    expect(decide(fire(), told.run)).toEqual([]);
  });

  it('takes back its deadline when a signal comes, wherever the record breaks off', () => {
    const before = after(alone, wait('wait', { dueAt }));
    const facts = decide(signal('s1'), before.run);
    expect(typesOf(facts)).toEqual([
      ...['SignalReceived', 'TimerCancelled', 'SignalTaken', 'NodeCompleted', 'WorkflowCompleted'],
    ]);
    for (let length = 0; length <= facts.length; length += 1) {
      const broken = fold(before.run, facts.slice(0, length));
      const again = fold(broken, decide(settle, broken));
      const end = length === 0 ? fold(again, decide(signal('s1'), again)) : again;
      expect([length, end.status, end.output]).toEqual([length, 'completed', 's1']);
    }
  });

  it('waits on through a failure of its run that is retried, and keeps its deadline', () => {
    const beside = aStart([aNode('wait', kind), aNode('other')]);
    const waiting = after(beside, wait('wait', { dueAt }), begun('other'), failed('other'));
    expect(waiting.run.status).toBe('failed');
    const told = then(waiting, { type: 'RetryWorkflow', data: { now } }, settle);
    expect(told.log.at(-1)).toMatchObject({
      type: 'TimerSet',
      data: { dueAt, waitsFor: 'signal' },
    });
    expect(standing(then(told, signal('s1')))).toBe('completed');
  });

  it('goes on once a paused run does', () => {
    const paused = after(alone, wait(), { type: 'PauseWorkflow', data: { reason: null } });
    const told = then(paused, signal('s1'));
    expect(standing(told)).toBe('awaiting_signal');
    const resumed = then(told, { type: 'ResumeWorkflow', data: {} }, settle);
    expect(resumed.run.status).toBe('completed');
  });

  it('is refused once the run has ended, and when far too many wait', () => {
    const over = after(alone, wait(), signal('s1'));
    expect(refusal(signal('s2'), over)).toBe('signal.run_ended');
    const many = Array.from({ length: 1_000 }, (_, index) => signal(`many ${index}`));
    expect(refusal(signal('more'), after(alone, ...many))).toBe('signal.too_many');
  });
});

describe('a callback', () => {
  const own = { name: null, callback: true };

  it('is answered once', () => {
    const told = after(alone, wait('wait', own), callback('yes'));
    expect(told.run.output).toBe('yes');
    expect(refusal(callback('no'), told)).toBe('callback.used');
  });

  it('may come before its node waits, and passes by the expression', () => {
    const told = after(alone, callback('early'), wait('wait', { ...own, selects: true }));
    expect(told.run.output).toBe('early');
  });

  it('answers no other attempt, and nothing that is over', () => {
    const waiting = after(alone, wait('wait', { ...own, dueAt }));
    expect(refusal(callback('x', 2), waiting)).toBe('callback.expired');
    expect(refusal(callback('x'), then(waiting, fire()))).toBe('callback.expired');
    expect(refusal(callback('x'), after(alone, wait()))).toBe('callback.expired');
  });
});
