import { randomBytes } from 'node:crypto';

import { expect, it } from '@jest/globals';
import type { UserId, WorkspaceId } from '@studio/contracts';

import { newId, systemClock } from '../ids.ts';
import { createAccessTokens } from './accessTokens.ts';
import { createAuthenticator } from './authenticate.ts';
import type { Session, Sessions } from './sessions.ts';

const session: Session = {
  sessionId: newId(),
  userId: newId() as UserId, // a made-up person
  workspaceId: newId() as WorkspaceId, // and their workspace
};

/** Sessions that answer when the test lets them. */
const setting = async (cacheMs: number, find: () => Promise<Session | null>) => {
  const accessTokens = await createAccessTokens({
    ...{ seed: randomBytes(32), clock: systemClock, newId, lifetimeSeconds: 60 },
  });
  let lookUps = 0;
  const sessions = {
    find: async () => {
      lookUps += 1;
      return find();
    },
  } as unknown as Sessions; // the authenticator only looks sessions up
  const authenticator = createAuthenticator({ accessTokens, sessions, cacheMs });
  const bearer = `Bearer ${await accessTokens.issue(session)}`;
  return { authenticator, bearer, lookUps: () => lookUps };
};

it('looks a session up once in a while', async () => {
  const { authenticator, bearer, lookUps } = await setting(60_000, async () => session);
  expect(await authenticator.authenticate(bearer)).toMatchObject(session);
  await authenticator.authenticate(bearer);
  expect(lookUps()).toBe(1);
});

it('looks a session up once for all its requests that come meanwhile', async () => {
  const { authenticator, bearer, lookUps } = await setting(60_000, async () => session);
  const callers = Array.from({ length: 20 }, () => authenticator.authenticate(bearer));
  for (const caller of await Promise.all(callers)) expect(caller).toMatchObject(session);
  expect(lookUps()).toBe(1);
});

it('refuses a session that ended here at once', async () => {
  let alive: Session | null = session;
  const { authenticator, bearer } = await setting(60_000, async () => alive);
  await authenticator.authenticate(bearer);
  alive = null;
  authenticator.drop(session.sessionId);
  await expect(authenticator.authenticate(bearer)).rejects.toMatchObject({
    code: 'auth.invalid_token',
  });
});

it('neither remembers nor shares what it looked up before a session ended', async () => {
  let alive: Session | null = session;
  const waiting = Promise.withResolvers<null>();
  const { authenticator, bearer, lookUps } = await setting(60_000, async () => {
    const seen = alive;
    await waiting.promise;
    return seen;
  });
  const early = authenticator.authenticate(bearer);
  while (lookUps() === 0) await new Promise((resolve) => setImmediate(resolve));
  alive = null;
  authenticator.drop(session.sessionId);
  const late = authenticator.authenticate(bearer);
  waiting.resolve(null);
  await early;
  await expect(late).rejects.toMatchObject({ code: 'auth.invalid_token' });
  await expect(authenticator.authenticate(bearer)).rejects.toMatchObject({
    code: 'auth.invalid_token',
  });
});

it("refuses a token whose session is another person's", async () => {
  const other = { ...session, userId: newId() as UserId }; // a made-up person
  const { authenticator, bearer } = await setting(0, async () => other);
  await expect(authenticator.authenticate(bearer)).rejects.toMatchObject({
    code: 'auth.invalid_token',
  });
});
