import { ChangeProfile, RefreshSession, RequestOtp, VerifyOtp } from '../user/requests.ts';
import { TokenPair, UserView } from '../user/views.ts';
import { CodeSent } from './answers.ts';
import { exampleSecrets, exampleTokens, exampleUser } from './examples.ts';
import type { Operation } from './operation.ts';

const tag = 'Auth';
const person = { description: 'The signed-in person.', schema: UserView, example: exampleUser };
const tokens = { description: 'The new tokens.', schema: TokenPair, example: exampleTokens };
const { code, refreshToken } = exampleSecrets;

export const authOperations: readonly Operation[] = [
  {
    ...{ id: 'requestCode', method: 'post', path: '/auth/request-otp', tag, access: 'public' },
    summary: 'Ask for a code to sign in',
    description:
      'Mails six digits. The answer is the same for known and unknown addresses; an unknown one becomes an account when its code is given back.',
    body: { schema: RequestOtp, example: { email: 'ada@example.org' } },
    answers: {
      200: {
        ...{ description: 'The code was sent.', schema: CodeSent },
        example: { success: true, message: 'OTP sent to email', expires_in: 300 },
      },
    },
    errors: { 400: ['mail.failed'], 429: ['auth.rate_limited'] },
  },
  {
    ...{ id: 'signIn', method: 'post', path: '/auth/verify-otp', tag, access: 'public' },
    summary: 'Sign in by a code',
    description: 'The first sign-in makes the account and its personal workspace.',
    body: { schema: VerifyOtp, example: { email: 'ada@example.org', code } },
    answers: { 200: { ...tokens, headers: ['Studio-Position'] } },
    errors: {
      401: ['auth.invalid_code', 'auth.expired_code', 'auth.inactive_user'],
      429: ['auth.rate_limited'],
    },
  },
  {
    ...{ id: 'refreshSession', method: 'post', path: '/auth/refresh', tag, access: 'public' },
    summary: 'Change a refresh token for new tokens',
    description: 'A refresh token counts once. Giving an old one ends the whole session.',
    body: { schema: RefreshSession, example: { refresh_token: refreshToken } },
    answers: { 200: tokens },
    errors: { 401: ['auth.invalid_refresh_token', 'auth.inactive_user'] },
  },
  {
    ...{ id: 'signOut', method: 'post', path: '/auth/logout', tag },
    summary: 'End the session',
    description: 'Its access and refresh tokens count no longer; its sockets are closed.',
    answers: { 204: { description: 'The session has ended.' } },
  },
  {
    ...{ id: 'getMe', method: 'get', path: '/auth/me', tag },
    summary: 'Who is signed in',
    answers: { 200: person },
    errors: { 401: ['auth.inactive_user'] },
  },
  {
    ...{ id: 'changeMe', method: 'patch', path: '/auth/me', tag },
    summary: 'Change name and picture',
    description: 'What is absent or null stays as it is.',
    body: { schema: ChangeProfile, example: { full_name: 'Ada Lovelace' } },
    answers: { 200: { ...person, headers: ['Studio-Position'] } },
    errors: { 401: ['auth.inactive_user'] },
  },
];
