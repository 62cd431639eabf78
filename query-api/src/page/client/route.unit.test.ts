import { describe, expect, it } from '@jest/globals';

import { everyEvent, streamRoute } from './opsRoute.ts';
import { formatRoute, isSamePage, parseRoute, type Route, runRoute } from './route.ts';

const runs: Route = { page: 'runs', status: '', find: '' };

describe('addresses', () => {
  it.each<Route>([
    runs,
    { ...runs, status: 'failed', find: 'a & b=c #1' },
    runRoute('01a2'),
    { ...runRoute('01a2'), at: 0, tab: 'state' },
    { ...runRoute('a/b?c'), at: 12, find: 'Ünï %41', node: '<img src=x>' },
    { page: 'opsState' },
    everyEvent,
    { ...everyEvent, category: 'execution', type: 'A & B', actor: 'ü', correlation: '#?' },
    { ...everyEvent, from: '2026-01-02T03:04:05Z', to: '2026-01-02T03:04:05.678Z' },
    { page: 'opsStreams', category: 'workflow', prefix: 'workflow-0 %' },
    streamRoute('execution-01a2'),
    streamRoute('user-a/b?c', 12),
  ])('%j reads back as it was written', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });
  it.each(['', '#', '#/', '#/elsewhere', '#/executions/', '#/executions/%zz', '#/executions/a/b'])(
    '%s is the list',
    (hash) => {
      expect(parseRoute(hash)).toEqual(runs);
    },
  );
  it.each(['#/ops/', '#/ops/else', '#/ops/streams/', '#/ops/streams/%zz', '#/opsy'])(
    '%s is the list, too',
    (hash) => {
      expect(parseRoute(hash)).toEqual(runs);
    },
  );
  it.each(['yesterday', '2026-01-02', '2026-13-02T03:04:05Z', '1969-01-02T03:04:05Z'])(
    'no time is %s',
    (from) => {
      expect(parseRoute(`#/ops/events?from=${from}&to=${from}`)).toEqual(everyEvent);
    },
  );
  it('tells another part of a page from another page', () => {
    expect(isSamePage(everyEvent, { ...everyEvent, type: 'NodeFailed' })).toBe(true);
    expect(isSamePage(streamRoute('user-a'), streamRoute('user-a', 3))).toBe(true);
    expect(isSamePage(streamRoute('user-a'), streamRoute('user-b'))).toBe(false);
    expect(isSamePage(runRoute('a'), { ...runRoute('a'), at: 2 })).toBe(true);
    expect(isSamePage(runRoute('a'), runRoute('b'))).toBe(false);
    expect(isSamePage(runs, { ...runs, find: 'x' })).toBe(true);
    expect(isSamePage(runs, { page: 'opsState' })).toBe(false);
  });
  it.each(['-1', '1.5', '1e3', 'x', ''])('no fact has the number %s', (at) => {
    expect(parseRoute(`#/executions/a?at=${at}&tab=other`)).toEqual(runRoute('a'));
  });
});
