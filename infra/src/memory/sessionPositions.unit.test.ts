import { expect, it } from '@jest/globals';

import { createSessionPositions } from './sessionPositions.ts';

it('knows the furthest position that a session wrote', () => {
  const positions = createSessionPositions();
  expect(positions.last('a')).toBeNull();
  positions.remember('a', 7n);
  positions.remember('a', 3n); // an answer that was overtaken
  expect([positions.last('a'), positions.last('b')]).toEqual([7n, null]);
});

it('forgets the session that wrote longest ago when there are too many', () => {
  const positions = createSessionPositions(2);
  positions.remember('a', 1n);
  positions.remember('b', 2n);
  positions.remember('a', 3n);
  positions.remember('c', 4n);
  expect([positions.last('a'), positions.last('b'), positions.last('c')]).toEqual([3n, null, 4n]);
});
