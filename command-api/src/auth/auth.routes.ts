import {
  ChangeProfile,
  RefreshSession,
  RequestOtp,
  StudioError,
  userStream,
  VerifyOtp,
} from '@studio/contracts';
import { handle, user } from '@studio/domain';
import { clientKey } from '@studio/infra/http';
import type { Express, RequestHandler } from 'express';

import { createTellPosition } from '../answers.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { inGroups, newCode } from './otp.ts';
import { createCountTry, defaultRateLimits } from './rateLimits.ts';
import { redeemCode, signIn } from './signIn.ts';
import { tokenAnswer, userAnswer } from './userAnswer.ts';

/** Tokens and personal data stay out of every cache on the way. */
const unstored: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

const requestOtp = (dependencies: CommandApiDependencies): RequestHandler => {
  const { auth, mailer, codeHash } = dependencies;
  const limit = dependencies.rateLimits?.requestOtp ?? defaultRateLimits.requestOtp;
  const countTry = createCountTry(limit, 'Too many OTP requests. Please try again later.');
  return async (request, response) => {
    const { email } = body(RequestOtp, request);
    await countTry(response, clientKey(request.ip), `email:${email}`);
    const code = newCode();
    await auth.codes.store(email, await codeHash.hash(code));
    const minutes = Math.ceil(auth.codeLifetimeSeconds / 60);
    const text = `Your sign-in code is ${inGroups(code)}\n\nIt counts for ${minutes} minutes and once.\n`;
    await mailer.send({ to: email, subject: 'Your sign-in code', text }).catch((cause: unknown) => {
      throw new StudioError('refused', 'mail.failed', 'Failed to send OTP. Please try again.', {
        cause,
      });
    });
    const expires_in = auth.codeLifetimeSeconds;
    response.json({ success: true, message: 'OTP sent to email', expires_in });
  };
};

const verifyOtp = (dependencies: CommandApiDependencies, folds: Folds): RequestHandler => {
  const { auth, newId } = dependencies;
  const limit = dependencies.rateLimits?.verifyOtp ?? defaultRateLimits.verifyOtp;
  const detail = `${limit.points} per ${Math.ceil(limit.seconds / 60)} minute`;
  const countTry = createCountTry(limit, detail);
  const tellPosition = createTellPosition(dependencies);
  return async (request, response) => {
    const { email, code } = body(VerifyOtp, request);
    await countTry(response, clientKey(request.ip), `email:${email}`);
    await redeemCode(dependencies, email, code);
    const person = await signIn(dependencies, folds, email, (whose) =>
      causeOf(dependencies, request, response, whose),
    );
    const { userId, workspaceId } = person;
    const session = await auth.sessions.open({ sessionId: newId(), userId, workspaceId });
    tellPosition(response, session.sessionId, person.user.head);
    response.json(await tokenAnswer(auth, session, person.user));
  };
};

const refresh =
  ({ auth }: CommandApiDependencies, folds: Folds): RequestHandler =>
  async (request, response) => {
    const { refresh_token } = body(RefreshSession, request);
    const session = await auth.sessions.rotate(refresh_token);
    if (!session)
      throw new StudioError(
        'unauthenticated',
        'auth.invalid_refresh_token',
        'Invalid or expired refresh token',
      );
    const person = await folds.load(user, userStream(session.userId));
    response.json(await tokenAnswer(auth, session, person));
  };

const logout =
  (dependencies: CommandApiDependencies): CallerHandler =>
  async (request, response, caller) => {
    const { auth } = dependencies;
    await auth.sessions.close(caller.sessionId);
    auth.authenticator.drop(caller.sessionId);
    await handle(dependencies, user, {
      stream: userStream(caller.userId),
      command: { type: 'SignOut', data: { userId: caller.userId } },
      cause: causeOf(dependencies, request, response, caller),
      keys: () => ({}),
    });
    response.status(204).end();
  };

const me =
  ({ auth }: CommandApiDependencies, folds: Folds): CallerHandler =>
  async (_request, response, { userId }) => {
    response.json(await userAnswer(auth, await folds.load(user, userStream(userId))));
  };

const changeMe = (dependencies: CommandApiDependencies, folds: Folds): CallerHandler => {
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const { userId, sessionId } = caller;
    const { full_name: fullName, avatar_url: avatarUrl } = body(ChangeProfile, request);
    const changes = {
      ...(typeof fullName === 'string' ? { fullName } : {}),
      ...(typeof avatarUrl === 'string' ? { avatarUrl } : {}),
    };
    const stream = userStream(userId);
    const handled = await handle(dependencies, user, {
      ...{ stream, known: await folds.load(user, stream) },
      command: { type: 'ChangeProfile', data: { userId, ...changes } },
      cause: causeOf(dependencies, request, response, caller),
      keys: (state) => (state.status === 'registered' ? { user: state.keyId } : {}),
    });
    tellPosition(response, sessionId, handled.head);
    response.json(await userAnswer(dependencies.auth, handled));
  };
};

export const authRoutes = (
  app: Express,
  prefix: string,
  dependencies: CommandApiDependencies,
  folds: Folds,
): void => {
  const { authenticator, accessTokens } = dependencies.auth;
  app.post(`${prefix}/auth/request-otp`, unstored, requestOtp(dependencies));
  app.post(`${prefix}/auth/verify-otp`, unstored, verifyOtp(dependencies, folds));
  app.post(`${prefix}/auth/refresh`, unstored, refresh(dependencies, folds));
  app.post(`${prefix}/auth/logout`, unstored, signedIn(authenticator, logout(dependencies)));
  app.get(`${prefix}/auth/me`, unstored, signedIn(authenticator, me(dependencies, folds)));
  app.patch(`${prefix}/auth/me`, unstored, signedIn(authenticator, changeMe(dependencies, folds)));
  app.get('/.well-known/jwks.json', (_request, response) => void response.json(accessTokens.jwks));
};
