import { describe, expect, it } from '@jest/globals';
import { type CanvasNode, defaultRetryPolicy } from '@studio/contracts';

import { compensationErrors } from './compensation.ts';
import { defineWorkflow } from './define.ts';
import { expressionsIn } from './expressions.ts';

const known = ['manual-trigger', 'claude-agent', 'condition', 'transform', 'http-request', 'merge'];
const lookUp = (name: string): string | null => (known.includes(name) ? `${name}@1` : null);
const node = (fields: Partial<CanvasNode>): CanvasNode => ({
  ...{ id: 'n', type: 'action', position: { x: 0, y: 0 }, data: {} },
  ...fields,
});
const define = (fields: Partial<CanvasNode>) =>
  defineWorkflow({ nodes: [node(fields)], connections: [] }, lookUp);

describe('the kind of a node', () => {
  it.each<[string, Partial<CanvasNode>, string]>([
    ['data.kind', { data: { kind: 'transform', config: { kind: 'merge' } } }, 'transform@1'],
    [
      'data.config.kind',
      { title: 'Merge', data: { config: { kind: 'condition' } } },
      'condition@1',
    ],
    ['its title', { type: 'trigger', title: 'Claude Agent', data: {} }, 'claude-agent@1'],
    ['its label', { title: 'Ask', data: { label: ' condition ' } }, 'condition@1'],
    ['its type', { type: 'trigger', title: 'Go' }, 'manual-trigger@1'],
  ])('is told by %s', (_, fields, kind) =>
    expect(define(fields).definition.nodes[0]?.kind).toBe(kind),
  );

  it.each<[string, Partial<CanvasNode>, string | null]>([
    ['asks for one that is absent', { data: { kind: 'teleport' } }, 'teleport'],
    ['bears the title of one that is absent', { title: 'Send Email (Pro)' }, 'email-action'],
    ['says nothing', { type: 'integration' }, null],
  ])('is unknown when the node %s', (_, fields, kind) => {
    const { definition, unknown } = define(fields);
    expect(unknown).toEqual([{ nodeId: 'n', kind }]);
    expect(definition.nodes).toEqual([]);
  });
});

describe('a defined node', () => {
  it('takes the agent fields that the canvas saves beside the config', () =>
    expect(
      define({
        type: 'agent',
        data: { systemPrompt: 'Be brief', model: 'claude-3-haiku', status: 'idle', config: { model: 'claude-3-opus' } },
      }).definition.nodes[0]?.config,
    ).toEqual({ systemPrompt: 'Be brief', model: 'claude-3-opus' })); // prettier-ignore
  it('is named by title, else label, else id', () => {
    const names = [
      { type: 'agent', title: 'T', data: { label: 'L' } },
      { type: 'agent', data: { label: 'L' } },
      { type: 'agent' },
    ].map((fields) => define(fields).definition.nodes[0]?.name);
    expect(names).toEqual(['T', 'L', 'n']);
  });
  it('is named by its label where the title is only that of its kind', () => {
    const nameFor = (title: string, label?: string) =>
      define({ type: 'agent', title, data: label === undefined ? {} : { label } }).definition
        .nodes[0]?.name;
    expect(nameFor('Claude Agent', 'Read the mail')).toBe('Read the mail');
    expect(nameFor('MCP Server (New)', 'Read the mail')).toBeUndefined(); // no such kind
    expect(nameFor('Claude Agent', 'Untitled Node')).toBe('Claude Agent');
    expect(nameFor('Claude Agent')).toBe('Claude Agent');
  });
  it('leaves to its agent what the canvas left empty', () => {
    const data = { systemPrompt: '', model: null, temperature: 0 };
    expect(define({ type: 'agent', data }).definition.nodes[0]?.config).toEqual({ temperature: 0 });
  });
  it('keeps valid policies and forgets others', () => {
    const retry = { maxRetries: 1, delaysMs: [10] };
    const holds = define({ type: 'agent', data: { onExhausted: 'pause' } });
    expect(holds.definition.nodes[0]?.onExhausted).toBe('pause');
    const said = define({ type: 'agent', data: { onInDoubt: 'retry', config: { retry, x: 1 } } });
    expect(said.definition.nodes[0]).toMatchObject({ onInDoubt: 'retry', retry, config: { x: 1 } });
    const wrong = define({
      type: 'agent',
      data: { onInDoubt: 'maybe', retry: { maxRetries: -1 } },
    });
    expect(wrong.definition.nodes[0]).toMatchObject({
      onInDoubt: 'ask',
      retry: defaultRetryPolicy,
    });
  });
});

describe('a node that is switched off', () => {
  const withNoop = (name: string): string | null =>
    lookUp(name) ?? (name === 'noop' ? 'noop@1' : null);
  const off = (fields: Partial<CanvasNode>) =>
    defineWorkflow(
      {
        nodes: [node({ ...fields, data: { ...fields.data, enabled: false } })],
        connections: [
          { source: 'n', target: 'n', sourceHandle: 'false' },
          { source: 'n', target: 'n', sourceHandle: 'error' },
        ],
      },
      withNoop,
    );

  it.each([{ data: { kind: 'condition' } }, { title: 'Send Email (Pro)' }, { type: 'mcp' }])(
    'only passes on its input, by every output: %j',
    (fields) => {
      const { definition, unknown } = off(fields);
      expect([unknown, definition.nodes.map(({ kind }) => kind)]).toEqual([[], ['noop@1']]);
      expect(definition.connections.map(({ sourceHandle }) => sourceHandle)).toEqual([
        ...['output', 'error'],
      ]);
    },
  );
});

it('lets another kind stand in for one that is still to come', () => {
  const [specialist] = define({ title: 'Specialized Agent' }).definition.nodes;
  expect(specialist?.kind).toBe('claude-agent@1');
  const both = (name: string) => `${name}@1`;
  const later = defineWorkflow(
    { nodes: [node({ title: 'Specialized Agent' })], connections: [] },
    both,
  );
  expect(later.definition.nodes[0]?.kind).toBe('specialized-agent@1');
});

it('reads the output of a condition, as the canvas names it, as the branch where it holds', () => {
  const nodes = [node({ data: { kind: 'condition' } }), node({ id: 'm', data: { kind: 'merge' } })];
  const connections = [
    { source: 'n', target: 'm', sourceHandle: 'output', targetHandle: 'input' },
    { source: 'n', target: 'm' },
    { source: 'n', target: 'm', sourceHandle: 'false' },
    { source: 'n', target: 'm', sourceHandle: 'error' },
    { source: 'm', target: 'n', sourceHandle: 'output' },
  ];
  const { definition } = defineWorkflow({ nodes, connections }, lookUp);
  expect(definition.connections.map(({ sourceHandle }) => sourceHandle)).toEqual([
    ...['true', 'true', 'false', 'error', 'output'],
  ]);
});

it('lets a connection without a handle leave by output', () => {
  const connections = [
    { source: 'a', target: 'b', sourceHandle: null },
    { source: 'a', target: 'b', sourceHandle: 'true' },
  ];
  expect(
    defineWorkflow({ nodes: [], connections }, lookUp).definition.connections.map(
      ({ sourceHandle }) => sourceHandle,
    ),
  ).toEqual(['output', 'true']);
});

it('finds the expressions of a config', () =>
  expect(
    expressionsIn({
      expression: 'input.a > 1',
      url: 'https://example.org/{{ input.id }}/{{trigger.x}}',
      headers: [{ value: '{{ nodes.a }}' }],
      open: 'a {{ b',
      count: 3,
    }),
  ).toEqual(['input.a > 1', ' input.id ', 'trigger.x', ' nodes.a ']));

describe('the undo of a node', () => {
  const declaring = (compensation: unknown, more: Partial<CanvasNode> = {}) =>
    node({ ...more, data: { kind: 'http-request', ...more.data, compensation } });
  const undoOf = (compensation: unknown, more: Partial<CanvasNode> = {}) => {
    const nodes = [declaring(compensation, more)];
    return defineWorkflow({ nodes, connections: [] }, lookUp).definition.nodes[0]?.compensation;
  };
  const refused = (compensation: unknown, more: Partial<CanvasNode> = {}) => [
    ...compensationErrors({ nodes: [declaring(compensation, more)] }, lookUp),
  ];

  it('has a kind and settings of its own, and is tried as a node is', () => {
    const config = { url: 'http://x/{{ input.id }}' };
    expect(undoOf({ kind: 'http-request', config })).toEqual({
      ...{ kind: 'http-request@1', config, onInDoubt: 'ask', retry: defaultRetryPolicy },
    });
    const said = { onInDoubt: 'retry', onExhausted: 'pause', timeoutMs: 5_000 };
    expect(undoOf({ kind: 'transform', ...said })).toMatchObject({ kind: 'transform@1', ...said });
    expect(undoOf(null)).toBeUndefined();
  });

  it('is held for a person where the workflow says so of all its nodes', () => {
    const nodes = [declaring({ kind: 'transform' })];
    const settings = { onExhausted: 'pause' };
    const { definition } = defineWorkflow({ nodes, connections: [], settings }, lookUp);
    expect(definition.nodes[0]?.compensation?.onExhausted).toBe('pause');
  });

  it('is none of a node that is switched off, which does nothing', () =>
    expect(undoOf({ kind: 'transform' }, { data: { enabled: false } })).toBeUndefined());

  it.each<[unknown, string]>([
    ['refund', 'cannot be read'],
    [{ config: {} }, "cannot be read at 'kind'"],
    [{ kind: 'transform', retry: { maxRetries: -1 } }, "cannot be read at 'retry.maxRetries'"],
    [{ kind: 'teleport' }, "has the unknown kind 'teleport'"],
    [{ kind: 'merge' }, "cannot be of the kind 'merge', which does nothing"],
  ])('is refused as %j', (compensation, reason) => {
    expect(refused(compensation)).toEqual([`node 'n': its compensation ${reason}`]);
    expect(undoOf(compensation)).toBeUndefined();
  });

  it('leaves its name to no node', () =>
    expect(refused(null, { id: 'undo:n' })).toEqual([
      "node 'undo:n': ids that begin with 'undo:' are the studio's own",
    ]));
});
