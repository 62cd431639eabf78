import { describe, expect, it } from '@jest/globals';
import type { DefinedNode, ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, place, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { decide, fold, initialRun, plan } from './index.ts';

const given = specificationFor(decider);
const now = '2026-01-01T00:00:00.000Z';
const error = { code: 'http.status', message: 'no', transient: false };

const holding = (id: string, more: Partial<DefinedNode> = {}) =>
  node(id, { onExhausted: 'pause', ...more });
const fail = (instanceId: string, transient = false): ExecutionCommand => ({
  type: 'FailNode',
  data: { instanceId, attempt: 1, epoch: 1, now, error: { ...error, transient } },
});
const failedAs = (
  id: string,
  next: Extract<ExecutionEvent, { type: 'NodeFailed' }>['data']['next'],
): ExecutionEvent => ({ type: 'NodeFailed', data: { ...place(id), attempt: 1, error, next } });
const say = (
  resolution: Extract<ExecutionCommand, { type: 'ResolveNode' }>['data']['resolution'],
): ExecutionCommand => ({ type: 'ResolveNode', data: { nodeId: 'a', resolution, now } });

const ab = started([holding('a'), node('b')], [edge('a', 'b')]);
const held = [ab, begun('a'), failedAs('a', 'hold')];

describe('a node whose failure is put before a person', () => {
  it('is held once it has failed for good, and the run goes on beside it', () => {
    given([ab, begun('a')])
      .when(fail('a'))
      .then([failedAs('a', 'hold')]);
    const beside = started([holding('a'), node('c')]);
    const run = fold(initialRun, [beside, begun('a'), failedAs('a', 'hold')]);
    expect(plan(run)).toMatchObject([{ type: 'begin', instanceId: 'c' }]);
    given([beside, begun('a'), begun('c'), failedAs('a', 'hold'), done('c')])
      .when({ type: 'SettleRun', data: {} })
      .thenNothing();
  });

  it('is tried again by itself first', () => {
    const retry = { maxRetries: 1, delaysMs: [0] };
    const types = (failures: number) =>
      decide(
        fail('a', true),
        fold(initialRun, [
          started([holding('a', { retry: { ...retry, maxRetries: failures } })]),
          begun('a'),
        ]),
      ).map(({ type, data }) => [type, 'next' in data ? data.next : null]);
    expect(types(1)).toEqual([
      ['NodeFailed', 'retry'],
      ['NodeRetryScheduled', null],
    ]);
    expect(types(0)).toEqual([['NodeFailed', 'hold']]);
  });

  it('is held as well when it never began, its settings being wrong', () =>
    given([ab])
      .when({ type: 'FailPureNode', data: { instanceId: 'a', error } })
      .then([failedAs('a', 'hold')]));

  it('is not held where the run is ending anyhow', () =>
    given([
      started([holding('a'), node('c')]),
      ...[begun('a'), begun('c'), failedAs('c', 'fail_run')],
    ])
      .when(fail('a'))
      .then([
        failedAs('a', 'fail_run'),
        { type: 'WorkflowFailed', data: { instanceId: 'c', code: 'http.status', message: 'no' } },
      ]));

  it('takes the same failure twice', () => given(held).when(fail('a')).thenNothing());

  it('begins anew by a person, under a new key', () => {
    const reopened: ExecutionEvent = {
      type: 'NodeReopened',
      data: { ...place('a'), attempt: 2, generation: 1 },
    };
    given(held)
      .when(say({ action: 'retry' }))
      .then([reopened]);
    const run = fold(initialRun, [...held, reopened]);
    expect(plan(run)).toMatchObject([
      { type: 'begin', instanceId: 'a', generation: 1, again: null },
    ]);
  });

  it('fails by a person, of what it failed of before, or of what they say', () => {
    given(held)
      .when(say({ action: 'fail' }))
      .then([
        failedAs('a', 'fail_run'),
        { type: 'WorkflowFailed', data: { instanceId: 'a', code: 'http.status', message: 'no' } },
      ]);
    const [event] = decide(say({ action: 'fail', message: 'Why not' }), fold(initialRun, held));
    expect(event?.data).toMatchObject({
      error: { code: 'node.failed_by_person', message: 'Why not' },
    });
  });

  it('goes by its error output when a person has it fail', () => {
    const handled = started([holding('a'), node('b')], [edge('a', 'b', 'error')]);
    given([handled, begun('a'), failedAs('a', 'hold')])
      .when(say({ action: 'fail' }))
      .then([failedAs('a', 'error_output')]);
  });

  it('ends by a person, with what they say came out of it', () =>
    given(held)
      .when(say({ action: 'outcome', output: 7 }))
      .then([done('a', { output: 7 })]));

  it('hears nobody once the run is over, or before it failed', () => {
    given([ab, begun('a')])
      .when(say({ action: 'retry' }))
      .thenRefused('node.not_in_doubt');
    given([...held, { type: 'WorkflowCancelled', data: { reason: null } }])
      .when(say({ action: 'retry' }))
      .thenRefused('node.not_in_doubt');
  });
});
