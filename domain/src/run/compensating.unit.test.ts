import { expect, it } from '@jest/globals';
import type { DefinedNode, ExecutionCommand } from '@studio/contracts';

import {
  after,
  anEdge,
  aNode,
  aStart,
  begun,
  done,
  failed,
  settle,
  then,
  type Told,
  typesOf,
} from '../testing/runs.ts';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import { inputOf } from './inputs.ts';
import { plan } from './plan.ts';
import { iterationsAround } from './surroundings.ts';

const now = '2026-01-01T00:00:00.000Z';
const tried = {
  ...{ config: {}, onInDoubt: 'ask' as const },
  retry: { maxRetries: 1, delaysMs: [1_000] },
};
const undoable = (id: string, more: Partial<DefinedNode> = {}): DefinedNode =>
  aNode(id, 'http-request@1', { compensation: { kind: 'http-request@1', ...tried }, ...more });
const cancel: ExecutionCommand = { type: 'CancelWorkflow', data: { reason: 'no more' } };
const pause: ExecutionCommand = { type: 'PauseWorkflow', data: { reason: null } };

const book = aStart(
  [undoable('flight'), undoable('hotel'), aNode('pay')],
  [anEdge('flight', 'hotel'), anEdge('hotel', 'pay')],
);
const booked = (...more: ExecutionCommand[]): Told =>
  after(
    ...[book, begun('flight'), done('flight', { seat: 7 })],
    ...[begun('hotel'), done('hotel', { room: 3 }), begun('pay'), ...more],
  );
const undo = (id: string): ExecutionCommand[] => [begun(`undo:${id}`), done(`undo:${id}`, null)];
const failsTwice = (id: string): ExecutionCommand[] => {
  const error = { code: 'http.unreachable', message: 'away', transient: true };
  const at = { instanceId: id, epoch: 1, now };
  return [
    begun(id),
    { type: 'FailNode', data: { ...at, attempt: 1, error } },
    { type: 'FireTimer', data: { timerId: `retry:${id}#2`, now: '2026-01-01T00:00:01.000Z' } },
    begun(id),
    { type: 'FailNode', data: { ...at, attempt: 2, error } },
  ];
};
const planned = ({ run }: Told) =>
  plan(run).map((effect) =>
    'instanceId' in effect ? [effect.type, effect.instanceId] : [effect.type],
  );

it('undoes what a failed run has done, the last first, and then fails', () => {
  const failing = booked(failed('pay'));
  expect(failing.log.slice(-2)).toEqual([
    expect.objectContaining({ type: 'NodeFailed' }),
    { type: 'CompensationStarted', data: { because: 'failed', nodes: 2 } },
  ]);
  expect(failing.run.status).toBe('running');
  expect(planned(failing)).toEqual([['begin', 'undo:hotel']]);
  expect(inputOf(failing.run, 'undo:hotel')).toEqual({ room: 3 });
  const halfway = then(failing, ...undo('hotel'));
  expect(planned(halfway)).toEqual([['begin', 'undo:flight']]);
  const over = then(halfway, ...undo('flight'));
  expect(over.log.slice(-2)).toEqual([
    { type: 'CompensationEnded', data: { undone: 2, left: [] } },
    {
      type: 'WorkflowFailed',
      data: { instanceId: 'pay', code: 'x', message: 'pay broke', compensation: 'complete' },
    },
  ]);
});

it('undoes what a cancelled run has done, and calls off what declares no undo', () => {
  const cancelled = booked(cancel);
  expect(typesOf(cancelled.log.slice(-3))).toEqual([
    ...['WorkflowCancellationRequested', 'NodeCancelled', 'CompensationStarted'],
  ]);
  const over = then(cancelled, ...undo('hotel'), ...undo('flight'));
  expect(over.log.at(-1)).toEqual({
    type: 'WorkflowCancelled',
    data: { reason: 'no more', compensation: 'complete' },
  });
  expect(over.run.status).toBe('cancelled');
});

it('cancels a run once', () => expect(decide(cancel, booked(cancel).run)).toEqual([]));

it('refuses to cancel a run that undoes what it did, and lets a kill switch and a lost parent be', () => {
  const { run } = booked(failed('pay'));
  expect(() => decide(cancel, run)).toThrow('ends once what it did is undone');
  const halt: ExecutionCommand = { type: 'HaltRun', data: { runs: 'cancel', reason: null } };
  expect(decide(halt, run)).toEqual([]);
  expect(decide({ type: 'CancelOrphan', data: {} }, run)).toEqual([]);
});

it('cancels at once what has nothing to undo', () => {
  const { log } = after(book, cancel);
  expect(typesOf(log)).toEqual(['WorkflowStarted', 'WorkflowCancelled']);
});

it('lets an effect end that declares an undo before it cancels the run, to know what to undo', () => {
  const cancelled = after(book, begun('flight'), cancel);
  expect(typesOf(cancelled.log.slice(-1))).toEqual(['WorkflowCancellationRequested']);
  expect(planned(cancelled)).toEqual([['perform', 'flight']]);
  const took = then(cancelled, done('flight', { seat: 7 }));
  expect(planned(took)).toEqual([['begin', 'undo:flight']]);
  const failedAlso = then(cancelled, failed('flight'));
  expect(failedAlso.log.at(-1)).toEqual({ type: 'WorkflowCancelled', data: { reason: 'no more' } });
});

it('undoes nothing of a run that completes', () => {
  const { log } = booked(done('pay', null));
  expect(typesOf(log).filter((type) => type.startsWith('Compensation'))).toEqual([]);
});

it('goes on with the others when an undo has failed for good, and says what is left standing', () => {
  const failing = booked(failed('pay'), ...failsTwice('undo:hotel'));
  expect(planned(failing)).toEqual([['begin', 'undo:flight']]);
  const over = then(failing, ...undo('flight'));
  const left = [{ nodeId: 'hotel', instanceId: 'hotel', why: 'failed' }];
  expect(over.log.slice(-2)).toEqual([
    { type: 'CompensationEnded', data: { undone: 1, left } },
    expect.objectContaining({ data: expect.objectContaining({ compensation: 'incomplete' }) }),
  ]);
});

it('holds an undo for a person where it says so', () => {
  const compensation = { kind: 'http-request@1', ...tried, onExhausted: 'pause' } as const;
  const start = aStart([undoable('a', { compensation }), aNode('b')], [anEdge('a', 'b')]);
  const held = after(
    start,
    begun('a'),
    done('a', 1),
    begun('b'),
    failed('b'),
    ...failsTwice('undo:a'),
  );
  expect(held.run.instances.get('undo:a')?.status).toBe('held');
  expect(plan(held.run)).toEqual([]);
  const again: ExecutionCommand = {
    type: 'ResolveNode',
    data: { nodeId: 'undo:a', resolution: { action: 'retry' }, now },
  };
  const over = then(held, again, begun('undo:a'), done('undo:a', null, 3));
  expect(over.log.at(-1)?.data).toMatchObject({ compensation: 'complete' });
});

it('waits for a word on an undo in doubt', () => {
  const failing = booked(failed('pay'), begun('undo:hotel', 'unsafe'));
  const recover: ExecutionCommand = {
    type: 'RecoverNode',
    data: { instanceId: 'undo:hotel', epoch: 2, now },
  };
  const doubted = then(failing, recover);
  expect(doubted.run.instances.get('undo:hotel')?.status).toBe('in_doubt');
  expect(plan(doubted.run)).toEqual([]);
  const skipped = then(doubted, {
    type: 'SkipNode',
    data: { nodeId: 'undo:hotel', output: null, handle: 'output', reason: null },
  });
  expect(skipped.run.compensation?.left).toEqual([
    { nodeId: 'hotel', instanceId: 'hotel', why: 'skipped' },
  ]);
  expect(planned(skipped)).toEqual([['begin', 'undo:flight']]);
});

it('repeats an undo that is safe to repeat after a crash, under its key', () => {
  const failing = booked(failed('pay'), begun('undo:hotel'));
  const recovered = then(failing, {
    type: 'RecoverNode',
    data: { instanceId: 'undo:hotel', epoch: 2, now },
  });
  expect(recovered.log.at(-1)).toMatchObject({
    type: 'NodeStarted',
    data: { attempt: 2, epoch: 2, idempotencyKey: 'key of undo:hotel' },
  });
});

it('says of what may have happened that nobody knows, and undoes the rest', () => {
  const unsafe = undoable('hotel', { onInDoubt: 'fail' });
  const start = aStart([undoable('flight'), unsafe], [anEdge('flight', 'hotel')]);
  const failing = after(...[start, begun('flight'), done('flight', 1), begun('hotel', 'unsafe')], {
    type: 'RecoverNode',
    data: { instanceId: 'hotel', epoch: 2, now },
  });
  expect(planned(failing)).toEqual([['begin', 'undo:flight']]);
  const over = then(failing, ...undo('flight'));
  expect(over.run.compensation?.left).toEqual([
    { nodeId: 'hotel', instanceId: 'hotel', why: 'unknown' },
  ]);
  expect(over.log.at(-1)?.data).toMatchObject({ compensation: 'incomplete' });
});

it('believes a person that what was in doubt has failed', () => {
  const inDoubt = after(book, begun('flight', 'unsafe'), {
    type: 'RecoverNode',
    data: { instanceId: 'flight', epoch: 2, now },
  });
  const resolved = then(inDoubt, {
    type: 'ResolveNode',
    data: { nodeId: 'flight', resolution: { action: 'fail' }, now },
  });
  expect(typesOf(resolved.log.slice(-2))).toEqual(['NodeFailed', 'WorkflowFailed']);
});

it('takes no word any more about what is held beside it once it undoes what the run did', () => {
  const nodes = [undoable('flight'), undoable('hotel', { onExhausted: 'pause' }), aNode('pay')];
  const { run } = after(
    ...[aStart(nodes, []), begun('flight'), done('flight', {})],
    ...[begun('hotel'), failed('hotel'), begun('pay'), failed('pay')],
  );
  expect([run.instances.get('hotel')?.status, run.compensation?.at]).toEqual(['held', 0]);
  const resolution = { action: 'outcome' as const, output: {} };
  const word: ExecutionCommand = {
    type: 'ResolveNode',
    data: { nodeId: 'hotel', resolution, now },
  };
  expect(() => decide(word, run)).toThrow('is not in doubt');
  const skip: ExecutionCommand = {
    type: 'SkipNode',
    data: { nodeId: 'hotel', output: {}, handle: 'output', reason: null },
  };
  expect(() => decide(skip, run)).toThrow('waits neither for a person');
});

it('stands still while the run is paused, and goes on with it', () => {
  const paused = booked(failed('pay'), pause);
  expect(plan(paused.run)).toEqual([]);
  expect(decide(begun('undo:hotel'), paused.run)).toEqual([]);
  const resumed = then(paused, { type: 'ResumeWorkflow', data: {} });
  expect(planned(resumed)).toEqual([['begin', 'undo:hotel']]);
});

it('undoes what a paused run did when it is cancelled', () => {
  const paused = then(after(book, begun('flight'), done('flight', 1)), pause, cancel);
  expect(paused.log.at(-2)?.data).toEqual({ reason: 'no more', paused: true });
  expect(planned(paused)).toEqual([['begin', 'undo:flight']]);
});

it('undoes what a run did that had not ended by its deadline', () => {
  const deadline = { afterMs: 1_000, dueAt: now };
  const { type, data } = book;
  if (type !== 'StartWorkflow') throw new Error('a start');
  const late = after(
    ...[{ type, data: { ...data, deadline } }, begun('flight'), done('flight', 1), begun('hotel')],
    { type: 'FireTimer', data: { timerId: 'deadline#0', now } },
  );
  expect(typesOf(late.log.slice(-3))).toEqual([
    ...['WorkflowDeadlineExceeded', 'NodeFailed', 'CompensationStarted'],
  ]);
  const over = then(late, ...undo('flight'));
  expect(over.log.at(-1)).toMatchObject({
    type: 'WorkflowFailed',
    data: { code: 'run.deadline_exceeded', compensation: 'incomplete' },
  });
});

it('refuses to retry a run that has undone what it did', () => {
  const over = booked(failed('pay'), ...undo('hotel'), ...undo('flight'));
  expect(() => decide({ type: 'RetryWorkflow', data: { now } }, over.run)).toThrow('was undone');
});

it('ends what a record left open', () => {
  const over = booked(failed('pay'), ...undo('hotel'), ...undo('flight'));
  const brokenOff = over.log.slice(0, -1);
  const { run } = after();
  expect(decide(settle, fold(run, brokenOff))).toEqual([over.log.at(-1)]);
  const before = over.log.slice(0, -2);
  expect(decide(settle, fold(run, before))).toEqual(over.log.slice(-2));
});

it('undoes each iteration of a loop, also those that are over, with what was around it', () => {
  const start = aStart(
    [aNode('each', 'for-each@1'), undoable('book', { parent: 'each' }), aNode('pay')],
    [anEdge('each', 'pay')],
  );
  const region: ExecutionCommand = {
    type: 'StartRegion',
    data: {
      ...{ instanceId: 'each', items: ['Ada', 'Bo'], maxIterations: 2, window: 1 },
      ...{ maxFailures: 0, onBound: 'fail' },
    },
  };
  const iterations = [0, 1].flatMap((index) => [
    ...[begun(`book[${index}]`), done(`book[${index}]`, { index })],
  ]);
  const failing = after(start, region, ...iterations, begun('pay'), failed('pay'));
  expect(planned(failing)).toEqual([['begin', 'undo:book[1]']]);
  expect(inputOf(failing.run, 'undo:book[1]')).toEqual({ index: 1 });
  expect(iterationsAround(failing.run, 'undo:book[1]')).toEqual([
    { regionId: 'each', index: 1, item: 'Bo' },
  ]);
  const over = then(failing, ...undo('book[1]'), ...undo('book[0]'));
  expect(over.run.status).toBe('failed');
  expect(over.run.compensation).toMatchObject({ undone: 2, left: [], ended: true });
});

it('tries an undo again as its own policy says', () => {
  const { run } = booked(failed('pay'), ...failsTwice('undo:hotel').slice(0, 2));
  expect(plan(run)).toEqual([
    { type: 'wake', timerId: 'retry:undo:hotel#2', dueAt: '2026-01-01T00:00:01.000Z' },
  ]);
});
