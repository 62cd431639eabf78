import { expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, place, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { fold, initialRun, plan } from './index.ts';

const given = specificationFor(decider);
const ab = started([node('a'), node('b')], [edge('a', 'b')]);
const said = { fraction: 0.5, message: 'half of it' };
const report = (attempt: number, epoch = 1): ExecutionCommand => ({
  type: 'ReportProgress',
  data: { instanceId: 'a', attempt, epoch, ...said },
});
const progressed: ExecutionEvent = {
  type: 'NodeProgressed',
  data: { ...place('a'), attempt: 1, ...said },
};

it('records how far the attempt that is under way has come', () => {
  given([ab, begun('a')])
    .when(report(1))
    .then([progressed]);
});

it.each<[string, ExecutionEvent[], ExecutionCommand]>([
  ['before it began', [ab], report(1)],
  ['of another attempt', [ab, begun('a')], report(2)],
  ['from an owner who has lost it', [ab, begun('a')], report(1, 0)],
  ['after its outcome', [ab, begun('a'), done('a')], report(1)],
  [
    'while it is in doubt',
    [ab, begun('a'), { type: 'NodeInDoubt', data: { ...place('a'), attempt: 1, reason: 'crash' } }],
    report(1),
  ],
])('takes no word %s', (_, facts, command) => {
  given(facts).when(command).thenNothing();
});

it('changes nothing of what is to be done', () => {
  const before = fold(initialRun, [ab, begun('a')]);
  expect(plan(fold(before, [progressed]))).toEqual(plan(before));
});
