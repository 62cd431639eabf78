import { expect, it } from '@jest/globals';

import {
  after,
  anEdge,
  aNode,
  aStart,
  begun,
  done,
  failed,
  pure,
  then,
  typesOf,
} from '../testing/runs.ts';
import { plan } from './index.ts';

const forked = aStart(
  [aNode('stop', 'end@1'), aNode('slow'), aNode('next')],
  [anEdge('slow', 'next')],
);

it('ends with the output of the end node, and starts nothing new', () => {
  const told = after(forked, pure('stop', 'output', 'enough'));
  expect(typesOf(told.log).slice(-2)).toEqual(['NodeCompleted', 'WorkflowCompleted']);
  expect(told.run).toMatchObject({ status: 'completed', output: 'enough' });
});

it('waits for what is running, and records it', () => {
  const waiting = after(forked, begun('slow'), pure('stop', 'output', 'enough'));
  expect(waiting.run.status).toBe('running');
  expect(plan(waiting.run)).toMatchObject([{ type: 'perform', instanceId: 'slow' }]);
  const ended = then(waiting, done('slow', 1));
  expect(ended.run).toMatchObject({ status: 'completed', output: 'enough' });
  expect(ended.run.instances.has('next')).toBe(false);
});

it('is not failed by what was running when it was reached', () => {
  const { run } = after(forked, begun('slow'), pure('stop', 'output', 'enough'), failed('slow'));
  expect(run).toMatchObject({ status: 'completed', output: 'enough', failure: null });
});

it('cannot be reached once the run fails', () => {
  const { run } = after(
    aStart([aNode('stop', 'end@1'), aNode('bad'), aNode('slow')]),
    ...[begun('bad'), begun('slow'), failed('bad'), pure('stop', 'output', 'enough')],
    done('slow', 1),
  );
  expect(run.status).toBe('failed');
});
