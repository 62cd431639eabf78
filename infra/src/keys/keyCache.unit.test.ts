import { describe, expect, it } from '@jest/globals';
import type { KeyId } from '@studio/contracts';

import { createKeyCache } from './keyCache.ts';

const [a, b, c] = ['a', 'b', 'c'] as [KeyId, KeyId, KeyId]; // ids need no form here
const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

const setUp = () => {
  const time = { now: 0 };
  return { time, cache: createKeyCache({ entries: 2, maxAgeMs: 60_000, now: () => time.now }) };
};

describe('the key cache', () => {
  it('forgets the key that was used longest ago', () => {
    const { cache } = setUp();
    cache.put(a, bytes(1));
    cache.put(b, bytes(2));
    expect(cache.get(a)).toEqual(bytes(1));
    cache.put(c, bytes(3));
    expect(cache.get(b)).toBeUndefined();
    expect(cache.get(a)).toEqual(bytes(1));
  });

  it('keeps no key longer than its age, however often it is used', () => {
    const { time, cache } = setUp();
    cache.put(a, bytes(1));
    time.now = 60_000;
    expect(cache.get(a)).toEqual(bytes(1));
    time.now = 60_001;
    expect(cache.get(a)).toBeUndefined();
  });

  it('knows a deleted key from an unknown one', () => {
    const { cache } = setUp();
    cache.put(a, null);
    expect(cache.get(a)).toBeNull();
    expect(cache.get(b)).toBeUndefined();
  });

  it('never clears a key that somebody is sealing with', () => {
    const { cache } = setUp();
    const given = bytes(1);
    cache.put(a, given);
    given.fill(9);
    const inUse = cache.get(a);
    cache.drop(a);
    expect(inUse).toEqual(bytes(1));
  });
});
