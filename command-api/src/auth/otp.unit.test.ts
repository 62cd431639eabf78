import { expect, it } from '@jest/globals';

import { decoy, hashCode, inGroups, isCode, newCode } from './otp.ts';

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

it('takes as long where there is no code', async () => {
  const costOf = (hash: string) => hash.split('$').slice(0, 4);
  expect(costOf(decoy)).toEqual(costOf(await hashCode('123456')));
});
