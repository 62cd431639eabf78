import { describe, expect, it } from '@jest/globals';
import { Instant, isUuid } from '@studio/contracts';

import { deterministicId, newId, systemClock } from './ids.ts';

describe('ids', () => {
  it('are UUIDv7 that ascend', () => {
    const ids = Array.from({ length: 1_000 }, () => newId());
    expect(ids.every((id) => isUuid(id) && id[14] === '7')).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of what must exist once never change', () => {
    expect(deterministicId(['workspace', 'caller', 'POST /x', 'key'])).toBe(
      'e33cc4b4-d166-5706-af7d-6ba56d0ddc4a',
    );
    expect(deterministicId(['a', 'bc'])).not.toBe(deterministicId(['ab', 'c']));
    expect(deterministicId(['a', ''])).not.toBe(deterministicId(['a']));
  });
});

describe('the clock', () => {
  it('tells instants that compare as strings', () => {
    expect(Instant.safeParse(systemClock()).success).toBe(true);
  });
});
