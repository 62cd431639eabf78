import { expect, it } from '@jest/globals';

import { createFairLine, type FairLine } from './fairLine.ts';

const run = (key: string, workspaceId: string, priority = 0) => ({ key, workspaceId, priority });

/** Serves so many, each of which leaves the line; their workspaces or keys, in order. */
const serve = (line: FairLine, times: number, name: 'workspaceId' | 'key'): string[] =>
  Array.from({ length: times }, () => {
    const next = line.next();
    if (!next) return 'nobody';
    line.leave(next.key);
    line.served(next.workspaceId);
    return next[name];
  });
const many = (line: FairLine, workspaceId: string, count: number): void => {
  for (let index = 0; index < count; index += 1)
    line.join(run(`${workspaceId}${index}`, workspaceId));
};
const weights = (known: Record<string, number>) => (id: string) => known[id] ?? 1;
const countOf = (served: readonly string[], name: string): number =>
  served.filter((each) => each === name).length;

it('serves one run of a workspace in time beside 10,000 of another', () => {
  const line = createFairLine(weights({}));
  many(line, 'crowd', 10_000);
  serve(line, 500, 'key');
  line.join(run('alone', 'quiet'));
  expect(serve(line, 2, 'key')).toContain('alone');
});

it('shares equally where nothing else is said, and by weight where it is', () => {
  const equal = createFairLine(weights({}));
  for (const each of ['a', 'b', 'c']) many(equal, each, 100);
  const thirds = serve(equal, 90, 'workspaceId');
  expect(['a', 'b', 'c'].map((each) => countOf(thirds, each))).toEqual([30, 30, 30]);

  const weighed = createFairLine(weights({ a: 3 }));
  for (const each of ['a', 'b']) many(weighed, each, 100);
  const quarters = serve(weighed, 40, 'workspaceId');
  expect(['a', 'b'].map((each) => countOf(quarters, each))).toEqual([30, 10]);
});

it('goes by priority and then by age within a workspace, and by neither between two', () => {
  const line = createFairLine(weights({}));
  line.join(run('old', 'a'));
  line.join(run('young', 'a'));
  line.join(run('urgent', 'a', 10));
  line.join(run('other', 'b'));
  expect(serve(line, 4, 'key')).toEqual(['urgent', 'other', 'old', 'young']);
});

it('has nobody save up turns by being away', () => {
  const line = createFairLine(weights({}));
  many(line, 'a', 200);
  serve(line, 100, 'key');
  many(line, 'b', 100); // it was never served, and is not owed a hundred turns
  const served = serve(line, 20, 'workspaceId');
  expect([countOf(served, 'a'), countOf(served, 'b')]).toEqual([10, 10]);
});

it('lets a run leave, keeps its place when it joins again, and passes over whom it is told to', () => {
  const line = createFairLine(weights({}));
  for (const key of ['first', 'second', 'third']) line.join(run(key, 'a'));
  line.join(run('first', 'a'));
  line.leave('second');
  line.leave('nobody');
  expect(line.next('first')?.key).toBe('third');
  expect(serve(line, 3, 'key')).toEqual(['first', 'third', 'nobody']);
});
