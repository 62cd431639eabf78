import { expect, it } from '@jest/globals';
import { erased, executionEvents } from '@studio/contracts';

import { logEntry, quotesPayload } from './logEntries.ts';
import type { RunFact } from './runFacts.ts';

const fact = (type: string, data: object): RunFact =>
  ({ type, data, revision: 3, metadata: { occurredAt: '2026-01-02T03:04:05.678Z' } }) as RunFact; // all that a line needs

const names = new Map([['a', 'Fetch']]);
const failure = (message: unknown, next = 'retry'): RunFact =>
  fact('NodeFailed', {
    nodeId: 'a',
    instanceId: 'a',
    error: { code: 'http.status', message },
    next,
  });

it('tells of a failure by the name of its node', () => {
  expect(logEntry(failure('503'), names)).toEqual({
    timestamp: '2026-01-02T03:04:05.678Z',
    level: 'warning',
    message: 'Fetch failed: 503 (http.status)',
    event: 'NodeFailed',
    revision: 3,
    node_id: 'a',
  });
  expect(logEntry(failure('503', 'fail_run'), names)?.level).toBe('error');
});

it('says that a message was erased', () => {
  expect(logEntry(failure(erased('key')), names)?.message).toBe(
    'Fetch failed: (erased) (http.status)',
  );
});

it('has a line for every fact, and none for what it does not know', () => {
  const data = {
    ...{ nodeId: 'a', error: {}, message: '', reason: null, deadline: null, permits: [] },
    left: [],
  };
  for (const type of Object.keys(executionEvents))
    expect(logEntry(fact(type, data), names)?.message).toBeTruthy();
  expect(logEntry(fact('SomethingElse', data), names)).toBeNull();
});

it('names what is left standing, and why', () => {
  const left = [
    { nodeId: 'a', instanceId: 'a[1]', why: 'failed' },
    { nodeId: 'b', instanceId: 'b', why: 'unknown' },
  ];
  expect(logEntry(fact('CompensationEnded', { undone: 3, left }), names)).toMatchObject({
    level: 'error',
    message: 'Execution has undone 3, and left 2 standing: a[1] (failed), b (unknown)',
  });
});

it('opens only what a line quotes', () => {
  expect(quotesPayload(failure('x'))).toBe(true);
  expect(quotesPayload(fact('NodeCompleted', {}))).toBe(false);
});
