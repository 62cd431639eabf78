import { expect, it } from '@jest/globals';

import { createSlots } from './slots.ts';

const run = (key: string, workspaceId = 'a', priority = 0) => ({ key, workspaceId, priority });

it('lends so many places and no more', () => {
  const slots = createSlots(2);
  expect([slots.take(run('1')), slots.take(run('2')), slots.take(run('3'))]).toEqual([
    ...[true, true, false],
  ]);
  slots.release();
  expect([slots.free('a'), slots.take(run('3'))]).toEqual([1, true]);
});

it('keeps a place that was offered for that workspace, until it is taken or given up', () => {
  const slots = createSlots(1);
  const offered: string[] = [];
  const wait = (key: string, workspaceId: string): void => {
    slots.whenFree(run(key, workspaceId), () => offered.push(key));
  };
  slots.take(run('busy'));
  wait('quiet', 'b');
  slots.release();
  // The run that let go of it would like to go on: it is not its turn.
  expect([offered, slots.free('a'), slots.take(run('busy'))]).toEqual([['quiet'], 0, false]);
  wait('busy', 'a');
  expect(slots.take(run('quiet', 'b'))).toBe(true);
  slots.release();
  expect([offered, slots.free('b')]).toEqual([['quiet', 'busy'], 0]);
  slots.passOn('busy');
  expect([slots.free('a'), slots.free('b')]).toEqual([1, 1]);
});

it('offers a place that was declined to the next one, and not to the same again', () => {
  const slots = createSlots(1);
  const offered: string[] = [];
  const wait = (key: string): void => {
    slots.whenFree(run(key), () => offered.push(key));
  };
  slots.take(run('busy'));
  wait('first');
  slots.release();
  wait('first');
  slots.decline('first');
  expect(offered).toEqual(['first']);
  wait('second');
  slots.passOn('nobody');
  expect(offered).toEqual(['first', 'first']);
  slots.decline('first');
  expect(offered).toEqual(['first', 'first', 'second']);
});
