import { describe, expect, it } from '@jest/globals';

import { disconnectedNodes, firstOf, graphError, structureErrors } from './structure.ts';

const graph = (ids: string[], edges: [string, string][]) => ({
  nodes: ids.map((id) => ({ id })),
  connections: edges.map(([source, target]) => ({ source, target })),
});

describe('structureErrors', () => {
  it('finds nothing in a sound graph', () =>
    expect(structureErrors(graph(['a', 'b'], [['a', 'b']]))).toEqual([]));
  it('names both ends that are absent, each once', () =>
    expect(
      structureErrors(
        graph(
          ['a', 'a'],
          [
            ['x', 'y'],
            ['x', 'a'],
          ],
        ),
      ),
    ).toEqual([
      'Duplicate node IDs found',
      "Connection source 'x' not found in nodes",
      "Connection target 'y' not found in nodes",
    ]));
});

describe('disconnectedNodes', () => {
  it('names what no connection touches', () =>
    expect(disconnectedNodes(graph(['a', 'b', 'c', 'd'], [['a', 'c']]))).toEqual(['b', 'd']));
  it('takes nodes without any connection for a canvas that is only begun', () =>
    expect(disconnectedNodes(graph(['a', 'b'], []))).toEqual([]));
  it('takes a lone node for connected', () =>
    expect(disconnectedNodes(graph(['a'], [['a', 'a']]))).toEqual([]));
});

describe('firstOf', () => {
  it('says that there are more than it names', () => {
    const names = Array.from({ length: 51 }, (_, index) => `n${index}`);
    expect(firstOf(names)).toMatch(/, n49, …$/);
    expect(firstOf(names.slice(0, 2))).toBe('n0, n1');
  });
});

describe('graphError', () => {
  it('accepts a diamond', () =>
    expect(
      graphError(
        graph(
          ['a', 'b', 'c', 'd'],
          [
            ['a', 'b'],
            ['a', 'c'],
            ['b', 'd'],
            ['c', 'd'],
          ],
        ),
      ),
    ).toBeNull());
  const nowhere = 'No starting nodes found (all nodes have dependencies)';
  it('has nowhere to start in an empty graph', () =>
    expect(graphError(graph([], []))).toBe(nowhere));
  it.each([
    ['two', graph(['a', 'b'], [['a', 'b'], ['b', 'a']]), "{'a', 'b'}"], // prettier-ignore
    ['three', graph(['a', 'b', 'c'], [['a', 'b'], ['b', 'c'], ['c', 'a']]), "{'a', 'b', 'c'}"], // prettier-ignore
    ['one', graph(['a'], [['a', 'a']]), "{'a'}"],
  ])('has nowhere to start in a ring of %s, and names it', (_, ring, named) =>
    expect(graphError(ring)).toBe(
      `${nowhere}. Cycle detected in workflow. Unprocessed nodes: ${named}`,
    ),
  );
  it('names the nodes of a ring and those behind it', () =>
    expect(
      graphError(graph(['a', 'b', 'c', 'd'], [['a', 'b'], ['b', 'c'], ['c', 'b'], ['c', 'd']])), // prettier-ignore
    ).toBe("Cycle detected in workflow. Unprocessed nodes: {'b', 'c', 'd'}"));
  it('takes time in proportion to the graph', () => {
    const ids = Array.from({ length: 200_000 }, (_, index) => `n${index}`);
    const chain = ids.slice(1).map((id, index): [string, string] => [`n${index}`, id]);
    const before = process.cpuUsage();
    expect(graphError(graph(ids, chain))).toBeNull();
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(30_000_000); // microseconds; a square of it would take minutes
  });
});
