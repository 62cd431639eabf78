import { randomBytes } from 'node:crypto';

import { expect, it } from '@jest/globals';

import { newId } from '../ids.ts';
import { createAccessTokens } from './accessTokens.ts';
import { rememberVerified } from './knownTokens.ts';

const begin = Date.parse('2026-01-02T03:04:05.678Z');
const setting = async () => {
  let atMs = begin;
  const clock = () => new Date(atMs).toISOString();
  const tokens = await createAccessTokens({
    ...{ seed: randomBytes(32), clock, newId, lifetimeSeconds: 60 },
  });
  const token = await tokens.issue({ userId: newId(), sessionId: newId() });
  let checks = 0;
  const verify = rememberVerified((text) => {
    checks += 1;
    return tokens.verify(text);
  }, clock);
  return { token, verify, checks: () => checks, advance: (ms: number) => void (atMs += ms) };
};

it('checks the signature of a token once', async () => {
  const { token, verify, checks } = await setting();
  const first = await verify(token);
  expect(first).not.toBeNull();
  expect(await verify(token)).toEqual(first);
  expect(checks()).toBe(1);
});

it('believes a token to its last second and not beyond', async () => {
  const { token, verify, advance } = await setting();
  expect(await verify(token)).not.toBeNull();
  advance(59_000);
  expect(await verify(token)).not.toBeNull();
  advance(1_000);
  expect(await verify(token)).toBeNull();
  expect(await verify(token)).toBeNull();
});

it('remembers no token that is not one, and takes none for another', async () => {
  const { token, verify, checks } = await setting();
  await verify(token);
  const forged = `${token.slice(0, -4)}AAAA`;
  expect(await verify(forged)).toBeNull();
  expect(await verify(forged)).toBeNull();
  expect(checks()).toBe(3);
});
