import { describe, expect, it } from '@jest/globals';

import { box, layOut } from './graphLayout.ts';

type Definition = Parameters<typeof layOut>[0];
const graph = (ids: string, ...lines: readonly string[]): Definition => ({
  nodes: ids.split('').map((id) => ({
    ...{ id, name: id, type: 'action', kind: 'noop@1', config: {} },
    ...{ onInDoubt: 'ask', retry: { maxRetries: 0, delaysMs: [1] } },
  })),
  connections: lines.map(([source = '', target = '']) => ({
    ...{ source, target, sourceHandle: 'output' },
  })),
});
const at = (definition: Definition, id: string) =>
  layOut(definition).places.get(id) ?? { x: NaN, y: NaN };

describe('the layout of a graph', () => {
  it('puts each node right of all its parents', () => {
    const definition = graph('abcd', 'ab', 'bc', 'ac', 'cd', 'ad');
    const xs = ['a', 'b', 'c', 'd'].map((id) => at(definition, id).x);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
    expect(new Set(xs).size).toBe(4);
  });
  it('lays no node upon another, and none outside', () => {
    const definition = graph('abcdefgh', 'ab', 'ac', 'ad', 'be', 'ce', 'df', 'fg');
    const { width, height, places } = layOut(definition);
    const all = [...places.values()];
    expect(all).toHaveLength(8);
    for (const [index, { x, y }] of all.entries()) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + box.width).toBeLessThanOrEqual(width);
      expect(y + box.height).toBeLessThanOrEqual(height);
      for (const other of all.slice(index + 1))
        expect(Math.abs(other.x - x) >= box.width || Math.abs(other.y - y) >= box.height).toBe(
          true,
        );
    }
  });
  it('keeps children beside their parents, so that lines do not cross', () => {
    const definition = graph('abcxy', 'ab', 'ac', 'by', 'cx');
    expect(at(definition, 'b').y < at(definition, 'c').y).toBe(
      at(definition, 'y').y < at(definition, 'x').y,
    );
  });
  it('comes to an end for a cycle and for nothing at all', () => {
    expect(layOut(graph('abc', 'ab', 'bc', 'ca')).places.size).toBe(3);
    expect(layOut(graph('')).places.size).toBe(0);
  });
});
