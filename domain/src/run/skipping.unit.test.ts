import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, nodeFailed, place, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { fold, initialRun, inputOf, plan } from './index.ts';

const given = specificationFor(decider);
const now = '2026-01-01T00:00:00.000Z';
const ab = started([node('a'), node('b')], [edge('a', 'b')]);

const skip = (output: unknown = null, handle = 'output'): ExecutionCommand => ({
  type: 'SkipNode',
  data: { nodeId: 'a', output, handle, reason: 'Gone' },
});
const skipped = (output: unknown = null, handle = 'output', attempt = 1): ExecutionEvent => ({
  type: 'NodeSkipped',
  data: { ...place('a'), byPerson: { attempt, handle, output, reason: 'Gone' } },
});
const inDoubt: ExecutionEvent = {
  type: 'NodeInDoubt',
  data: { ...place('a'), attempt: 1, reason: 'crash' },
};
const retrying: ExecutionEvent[] = [
  nodeFailed('a', 'retry'),
  { type: 'NodeRetryScheduled', data: { ...place('a'), attempt: 2, generation: 0, dueAt: now } },
];

describe('a node that a person skips', () => {
  it('lets the run go on with what they say', () => {
    const history = [ab, begun('a', { effect: 'unsafe' }), inDoubt];
    given(history)
      .when(skip({ n: 7 }))
      .then([skipped({ n: 7 })]);
    const run = fold(initialRun, [...history, skipped({ n: 7 })]);
    expect(inputOf(run, 'b')).toEqual({ n: 7 });
    expect(plan(run)).toMatchObject([{ type: 'begin', instanceId: 'b' }]);
  });

  it('may be held', () =>
    given([ab, begun('a'), nodeFailed('a', 'hold')])
      .when(skip())
      .then([skipped()]));

  it('waits for its next try no more', () =>
    given([ab, begun('a'), ...retrying])
      .when(skip())
      .then([
        { type: 'TimerCancelled', data: { ...place('a'), timerId: 'retry:a#2' } },
        skipped(null, 'output', 2),
      ]));

  it('ends the run where nothing comes after it', () =>
    given([started([node('a')]), begun('a'), nodeFailed('a', 'hold')])
      .when(skip(7))
      .then([skipped(7), { type: 'WorkflowCompleted', data: { output: 7 } }]));

  it('goes on by the output that they say, if a connection leaves by it', () => {
    const forked = started(
      [node('a'), node('yes'), node('no')],
      [edge('a', 'yes', 'true'), edge('a', 'no', 'false')],
    );
    const history = [forked, nodeFailed('a', 'hold')];
    given(history)
      .when(skip(null, 'true'))
      .then([skipped(null, 'true'), { type: 'NodeSkipped', data: place('no') }]);
    given(history).when(skip(null, 'maybe')).thenRefused('node.handle_unknown');
  });

  it('is skipped once', () =>
    given([ab, begun('a'), nodeFailed('a', 'hold'), skipped()])
      .when(skip(8))
      .thenNothing());

  it('puts what it did after all on record', () =>
    given([ab, begun('a', { effect: 'unsafe' }), inDoubt, skipped()])
      .when({
        type: 'CompleteNode',
        data: { instanceId: 'a', attempt: 1, epoch: 1, handle: 'output', output: 9, turns: [] },
      })
      .then([
        {
          type: 'LateOutcomeRecorded',
          data: { ...place('a'), attempt: 1, succeeded: true, outcome: 9 },
        },
      ]));

  it('is refused while it is under way, once it has ended, and where there is none', () => {
    given([ab, begun('a')])
      .when(skip())
      .thenRefused('node.not_skippable');
    given([ab, begun('a'), done('a')])
      .when(skip())
      .thenRefused('node.not_skippable');
    given([ab]).when(skip()).thenRefused('node.not_skippable');
    given([started([node('b')])])
      .when(skip())
      .thenRefused('node.not_found');
  });
});
