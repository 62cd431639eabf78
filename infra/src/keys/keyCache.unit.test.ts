import { describe, expect, it } from '@jest/globals';
import type { DataKey, KeyId } from '@studio/contracts';

import { dataKey, keyObject } from './dataKey.ts';
import { createKeyCache } from './keyCache.ts';

const [a, b, c] = ['a', 'b', 'c'] as [KeyId, KeyId, KeyId]; // ids need no form here
const key = (fill: number): DataKey => dataKey(new Uint8Array(32).fill(fill));
const [one, two, three] = [key(1), key(2), key(3)];

const setUp = () => {
  const time = { now: 0 };
  return { time, cache: createKeyCache({ entries: 2, maxAgeMs: 60_000, now: () => time.now }) };
};

describe('the key cache', () => {
  it('forgets the key that was used longest ago', () => {
    const { cache } = setUp();
    cache.put(a, one);
    cache.put(b, two);
    expect(cache.get(a)).toBe(one);
    cache.put(c, three);
    expect(cache.get(b)).toBeUndefined();
    expect(cache.get(a)).toBe(one);
  });

  it('keeps no key longer than its age, however often it is used', () => {
    const { time, cache } = setUp();
    cache.put(a, one);
    time.now = 60_000;
    expect(cache.get(a)).toBe(one);
    time.now = 60_001;
    expect(cache.get(a)).toBeUndefined();
  });

  it('knows a deleted key from an unknown one', () => {
    const { cache } = setUp();
    cache.put(a, null);
    expect(cache.get(a)).toBeNull();
    expect(cache.get(b)).toBeUndefined();
  });

  it('holds no key that was dropped, and leaves it whole for who is sealing with it', () => {
    const { cache } = setUp();
    cache.put(a, one);
    cache.drop(a);
    expect(cache.get(a)).toBeUndefined();
    expect(keyObject(one).export()).toEqual(Buffer.alloc(32, 1));
  });

  it('is not changed by bytes that are cleared after a key was made of them', () => {
    const bytes = new Uint8Array(32).fill(1);
    const made = dataKey(bytes);
    bytes.fill(0);
    expect(keyObject(made).equals(keyObject(one))).toBe(true);
  });
});
