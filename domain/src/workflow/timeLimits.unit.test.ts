import { expect, it } from '@jest/globals';
import type { CanvasNode } from '@studio/contracts';

import { deadlineFrom, timeLimitErrors, timeLimitsOf } from './timeLimits.ts';

const node = (timeoutMs: unknown): CanvasNode => ({
  ...{ id: 'n', type: 'action', position: { x: 0, y: 0 }, data: { timeoutMs } },
});

it.each([[1], [86_400_000]])('takes %d ms as the limit of a node', (timeoutMs) => {
  expect(timeLimitsOf(node(timeoutMs))).toEqual({ timeoutMs });
  expect(timeLimitErrors({ nodes: [node(timeoutMs)], settings: {} })).toEqual([]);
});

it.each([[0], [1.5], ['1000'], [86_400_001], [{}]])('refuses %j, naming the node', (timeoutMs) => {
  expect(timeLimitsOf(node(timeoutMs))).toEqual({});
  expect(timeLimitErrors({ nodes: [node(timeoutMs)], settings: {} })).toEqual([
    expect.stringContaining("node 'n'"),
  ]);
});

it('takes how long a node may give no sign of life, by the same rule', () => {
  const silent = (heartbeatTimeoutMs: unknown): CanvasNode => ({
    ...node(5),
    data: { timeoutMs: 5, heartbeatTimeoutMs },
  });
  expect(timeLimitsOf(silent(9))).toEqual({ timeoutMs: 5, heartbeatTimeoutMs: 9 });
  expect(timeLimitsOf(silent('9'))).toEqual({ timeoutMs: 5 });
  expect(timeLimitErrors({ nodes: [silent(9), silent('9')], settings: {} })).toEqual([
    expect.stringContaining("node 'n': data.heartbeatTimeoutMs"),
  ]);
});

it('counts the deadline from when the run begins', () => {
  const content = { nodes: [], settings: { deadlineMs: 1_000 } };
  expect(deadlineFrom(content, '2026-01-01T00:00:00.000Z')).toEqual({
    deadline: { afterMs: 1_000, dueAt: '2026-01-01T00:00:01.000Z' },
  });
});

it.each([[0], ['soon'], [31_622_400_001], [[1]]])('refuses the deadline %j', (deadlineMs) => {
  const content = { nodes: [], settings: { deadlineMs } };
  expect(deadlineFrom(content, '2026-01-01T00:00:00.000Z')).toEqual({});
  expect(timeLimitErrors(content)).toHaveLength(1);
});
