import { expect, it } from '@jest/globals';

import { parsePosition, positionText } from './positions.ts';

it('reads the position that it wrote', () => {
  expect(parsePosition('store-1', positionText('store-1', 123n))).toBe(123n);
});
it('refuses what a bigint column cannot hold', () => {
  expect(() => parsePosition('store-1', 'store-1:9223372036854775808')).toThrow(
    expect.objectContaining({ code: 'position.malformed' }),
  );
});
