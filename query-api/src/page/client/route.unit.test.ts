import { describe, expect, it } from '@jest/globals';

import { formatRoute, parseRoute, type Route, runRoute } from './route.ts';

const runs: Route = { page: 'runs', status: '', find: '' };

describe('addresses', () => {
  it.each<Route>([
    runs,
    { ...runs, status: 'failed', find: 'a & b=c #1' },
    runRoute('01a2'),
    { ...runRoute('01a2'), at: 0, tab: 'state' },
    { ...runRoute('a/b?c'), at: 12, find: 'Ünï %41', node: '<img src=x>' },
  ])('%j reads back as it was written', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });
  it.each(['', '#', '#/', '#/elsewhere', '#/executions/', '#/executions/%zz', '#/executions/a/b'])(
    '%s is the list',
    (hash) => {
      expect(parseRoute(hash)).toEqual(runs);
    },
  );
  it.each(['-1', '1.5', '1e3', 'x', ''])('no fact has the number %s', (at) => {
    expect(parseRoute(`#/executions/a?at=${at}&tab=other`)).toEqual(runRoute('a'));
  });
});
