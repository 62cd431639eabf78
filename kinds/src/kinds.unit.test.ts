import { describe, expect, it } from '@jest/globals';
import type { NodeKind } from '@studio/contracts';

import { builtIn, builtInKinds, findKind, kindName, parseConfig } from './index.ts';

const kindCalled = (name: string): NodeKind => {
  const kind = findKind(name);
  if (!kind) throw new Error(`no kind ${name}`);
  return kind;
};

it('lists each kind once, under names that runs pin', () => {
  expect(builtInKinds.map(kindName)).toEqual([
    'manual-trigger@1',
    'webhook-trigger@1',
    'schedule-trigger@1',
    'event-trigger@1',
    'file-trigger@1',
    'claude-agent@1',
    'condition@1',
    'switch@1',
    'filter@1',
    'merge@1',
    'for-each@1',
    'while@1',
    'try@1',
    'transform@1',
    'http-request@1',
    'delay@1',
    'approval@1',
    'wait-for-event@1',
    'sub-workflow@1',
    'end@1',
    'noop@1',
  ]);
});

it.each(['condition', 'condition@1'])('finds %s', (name) => {
  expect(findKind(name)?.kind).toBe('condition');
});

it.each(['', 'condition@2', 'toString', '__proto__', 'condition@'])('does not know %j', (name) => {
  expect(findKind(name)).toBeUndefined();
});

it('runs every kind but those that the planner settles', () => {
  const without = builtInKinds.filter((kind) => !kind.run).map(({ kind }) => kind);
  const triggers = [
    'manual-trigger',
    'webhook-trigger',
    'schedule-trigger',
    'event-trigger',
    'file-trigger',
  ];
  expect(without).toEqual([
    ...[...triggers, 'merge', 'for-each', 'while', 'try', 'delay', 'approval', 'wait-for-event'],
    'sub-workflow',
  ]);
});

describe('settings', () => {
  it('are completed with defaults and stripped of what the canvas saves beside them', () => {
    const saved = { label: 'Ask', status: 'idle', enabled: true, description: '', mode: 'first' };
    expect(parseConfig(kindCalled('merge'), saved)).toEqual({ mode: 'first', count: 1 });
    expect(parseConfig(kindCalled('webhook-trigger'), { label: 'x' })).toEqual({
      method: 'POST',
      respond: 'accepted',
      headers: [],
    });
  });

  it.each([
    ['transform', {}, 'expression'],
    ['condition', { expression: ' ' }, 'expression'],
    ['transform', { expression: 3 }, 'expression'],
    ['merge', { mode: 'some' }, 'mode'],
    ['merge', { mode: 'first', count: 0 }, 'count'],
    ['http-request', { url: 'https://a.test', method: 'get' }, 'method'],
    ['http-request', { url: 'https://a.test', query: { a: {} } }, 'query.a'],
    ['claude-agent', { temperature: 3 }, 'temperature'],
    ['delay', {}, 'durationMs'],
    ['delay', { durationMs: 1, until: '2026-01-01T00:00:00.000Z' }, 'durationMs'],
    ['delay', { durationMs: -1 }, 'durationMs'],
    ['delay', { until: 'tomorrow' }, 'until'],
  ])('%s refuses %j and names %s', (name, config, path) => {
    const kind = kindCalled(name);
    let thrown: unknown;
    try {
      parseConfig(kind, config);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      kind: 'invalid',
      code: 'kind.config_invalid',
      extra: { kind: `${name}@1`, problems: [{ path }] },
    });
  });

  it('must be an object', () => {
    expect(() => parseConfig(kindCalled('noop'), 'text')).toThrow('noop: Invalid input');
  });
});

describe('the catalogue', () => {
  it('describes every kind with a JSON Schema of its settings', () => {
    const catalogue = builtIn.catalogue();
    expect(catalogue).toHaveLength(builtInKinds.length);
    for (const { config } of catalogue) expect(config).toMatchObject({ type: 'object' });
    expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
  });

  it('says that the effect of an HTTP request depends on its settings', () => {
    const described = builtIn.catalogue().find(({ kind }) => kind === 'http-request');
    expect(described).toMatchObject({ effect: 'by config', outputs: ['output'], major: 1 });
    expect(described?.config).toMatchObject({
      required: ['url'],
      properties: { method: { default: 'GET' }, timeoutMs: { type: 'integer', minimum: 1 } },
    });
  });
});
