import { expect, it } from '@jest/globals';

import { effectTree } from './effectTree.ts';
import type { CausalLinkView } from './views.ts';

const effect = (eventId: string, caused_by: string): CausalLinkView => ({
  ...{ eventId, caused_by, type: 'NodeStarted', stream: 'execution-1', revision: 0 },
  ...{ position: 's:1', occurred_at: '2026-01-02T00:00:00.000Z', distance: 1 },
  actor: { kind: 'executor', id: 'engine-1' },
});
const drawn = (...effects: readonly CausalLinkView[]): string[] =>
  effectTree(effects, 'asked').map(({ effect: { eventId }, depth }) => `${depth} ${eventId}`);

it('keeps a chain in its column, however long it is', () => {
  const chain = Array.from({ length: 5_000 }, (_, n) => effect(`${n}`, n ? `${n - 1}` : 'asked'));
  expect(new Set(effectTree(chain, 'asked').map(({ depth }) => depth))).toEqual(new Set([1]));
});
it('sets in what has brothers, below what caused it', () => {
  expect(
    drawn(effect('a', 'asked'), effect('b', 'asked'), effect('c', 'a'), effect('d', 'a')),
  ).toEqual(['1 a', '2 c', '2 d', '1 b']);
});
it('ends also where causes go in a ring', () => {
  expect(drawn(effect('a', 'asked'), effect('b', 'a'), effect('asked', 'b'))).toEqual([
    ...['1 a', '1 b', '1 asked'],
  ]);
  expect(drawn(effect('elsewhere', 'unknown'))).toEqual([]);
});
