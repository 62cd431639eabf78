import { expect, it } from '@jest/globals';

import { createCodeHash, decoy, inGroups, newCode } from './otp.ts';

const { hash: hashCode, matches: isCode } = createCodeHash();

it('makes codes of six digits, each another', () => {
  const codes = Array.from({ length: 200 }, newCode);
  for (const code of codes) expect(code).toMatch(/^[0-9]{6}$/);
  expect(new Set(codes).size).toBeGreaterThan(190);
});

it('shows a code in groups of three, whatever its length', () => {
  expect(inGroups('123456')).toBe('123 456');
  for (const code of ['1234', '12345', '12345678', '123456789'])
    expect(inGroups(code).replaceAll(' ', '')).toBe(code);
});

it('keeps a code as an argon2id hash that only the code itself verifies', async () => {
  const hash = await hashCode('123456');
  expect(hash).toMatch(/^\$argon2id\$/);
  const cost = hash.split('$')[3]?.split(',').toSorted();
  expect(cost).toEqual(['m=65536', 'p=4', 't=3']);
  expect(hash).not.toContain('123456');
  expect(await isCode(hash, '123456')).toBe(true);
  expect(await isCode(hash, '123457')).toBe(false);
  expect(await isCode(undefined, '123456')).toBe(false);
});

const costOf = (hash: string) => hash.split('$').slice(0, 4);

it('takes as long where there is no code', async () => {
  expect(costOf(decoy)).toEqual(costOf(await hashCode('123456')));
});

it('takes less memory where it is told to, and is as right', async () => {
  const { hash, matches } = createCodeHash(19_456);
  const kept = await hash('123456');
  expect(costOf(kept)).toEqual(['', 'argon2id', 'v=19', expect.stringMatching(/m=19456/)]);
  expect([await matches(kept, '123456'), await matches(kept, '1')]).toEqual([true, false]);
  expect(await matches(undefined, '123456')).toBe(false);
});
