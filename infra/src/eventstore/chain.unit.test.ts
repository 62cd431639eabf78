import { expect, it } from '@jest/globals';

import { chainHash, chainSeed } from './chain.ts';

const event = {
  eventId: '0190a5c8-7b1e-7c3a-9f00-000000000001',
  type: 'NodeCompleted',
  data: '{"text":"Zoë \\ud800 😀"}',
  metadata: '{}',
};

it('the chain starts from its name and the stream', () => {
  // printf 'studio-log/1execution-1' | sha256sum
  expect(chainSeed('execution-1')).toBe(
    '4b7d5959f98f58f63e3cb32712afed3398021737693336273d1cacdd25398852',
  );
});

it('an event hashes to these bytes for ever', () => {
  const first = chainHash(chainSeed('execution-1'), event);
  expect(first).toBe('d4563a36eb7bafebadaa8d460d32b4a7ab2dcb028887a92636523e39b3167c68');
  expect(chainHash(first, event)).not.toBe(first);
});

it('where one field ends and the next begins counts', () => {
  const seed = chainSeed('execution-1');
  const moved = { ...event, data: `${event.data}{`, metadata: '}' };
  expect(chainHash(seed, moved)).not.toEqual(chainHash(seed, event));
});
