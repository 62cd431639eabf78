import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { call } from '../fixtures/studio.ts';
import { startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
beforeAll(async () => {
  studio = await startWriteSide();
});
afterAll(() => studio.stop());

const post = (path: string, body?: unknown) => call(studio.origin, 'POST', path, { body });
const me = (token: string) =>
  call(studio.origin, 'GET', '/auth/me', { headers: { authorization: `Bearer ${token}` } });

it('mails a code in two groups of three, to a file whose name tells nothing', async () => {
  const answer = await post('/auth/request-otp', { email: ' Ada@Example.org ' });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ success: true, message: 'OTP sent to email', expires_in: 300 });
  const mail = (await studio.mails()).at(-1);
  expect(mail?.name).toMatch(/^\d{4}-\d\d-\d\dT[\d-]+Z-[0-9a-f-]{36}\.eml$/);
  expect(mail?.text).toMatch(/^To: ada@example\.org/m);
  expect(mail?.text).toMatch(/Your sign-in code is \d{3} \d{3}/);
});

it('registers an unknown address by its first right code, and knows it the next time', async () => {
  const first = await studio.signIn('new@example.org');
  const second = await studio.signIn('NEW@example.org');
  expect(second.userId).toBe(first.userId);
  expect(second.workspaceId).toBe(first.workspaceId);
  const { status, body } = await me(second.accessToken);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ id: first.userId, email: 'new@example.org', full_name: null, avatar_url: null },
    ...{ is_active: true, is_verified: true, is_administrator: false },
    workspace_id: first.workspaceId,
  });
  expect(body.last_login_at > body.created_at).toBe(true);
});

it('answers a token pair, and a position that names its store', async () => {
  await post('/auth/request-otp', { email: 'pair@example.org' });
  const code = await studio.code();
  const { status, body, headers } = await post('/auth/verify-otp', {
    email: 'pair@example.org',
    code,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 900 });
  expect(body.user.email).toBe('pair@example.org');
  expect(headers.get('studio-position')).toMatch(/^[0-9a-f-]{36}:\d+$/);
  expect(headers.get('cache-control')).toBe('no-store');
  const claims = JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString());
  expect(Object.keys(claims).sort()).toEqual(['exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'type']);
  expect([claims.sub, claims.type, claims.exp - claims.iat]).toEqual([body.user.id, 'access', 900]);
});

it('publishes the key that its tokens verify by', async () => {
  const { accessToken } = await studio.signIn('keys@example.org');
  const [head, claims, signature = ''] = accessToken.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(head ?? '', 'base64url').toString());
  const answer = await fetch(`${studio.origin}/.well-known/jwks.json`);
  const { keys } = (await answer.json()) as { keys: (JsonWebKey & { kid: string })[] }; // RFC 7517
  const key = keys.find((candidate) => candidate.kid === kid);
  expect([alg, key?.d]).toEqual(['EdDSA', undefined]);
  const signed = Buffer.from(`${head}.${claims}`);
  const publicKey = createPublicKey({ key: key ?? {}, format: 'jwk' });
  expect(verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
});

it('takes a code once, and the newest only', async () => {
  const email = 'once@example.org';
  await post('/auth/request-otp', { email });
  const old = await studio.code();
  await post('/auth/request-otp', { email });
  const code = await studio.code();
  if (old !== code) expect((await post('/auth/verify-otp', { email, code: old })).status).toBe(401);
  const both = await Promise.all([
    post('/auth/verify-otp', { email, code }),
    post('/auth/verify-otp', { email, code }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
});

it('refuses a wrong code, and a right one after five wrong ones', async () => {
  const email = 'guess@example.org';
  await post('/auth/request-otp', { email });
  const code = await studio.code();
  const wrong = code === '000000' ? '000001' : '000000';
  for (let tries = 0; tries < 5; tries += 1) {
    const { status, body, headers } = await post('/auth/verify-otp', { email, code: wrong });
    expect([status, body.detail]).toEqual([401, 'Invalid or expired OTP code']);
    expect(headers.get('www-authenticate')).toBe('Bearer');
  }
  expect((await post('/auth/verify-otp', { email, code })).status).toBe(401);
});

it('refuses a code after five minutes', async () => {
  const email = 'late@example.org';
  await post('/auth/request-otp', { email });
  const code = await studio.code();
  studio.advance(300_000);
  const { status, body } = await post('/auth/verify-otp', { email, code });
  expect([status, body.detail]).toEqual([401, 'OTP code has expired']);
});

it('says the same for an address that nobody asked a code for', async () => {
  const { status, body } = await post('/auth/verify-otp', {
    email: 'nobody@example.org',
    code: '123456',
  });
  expect([status, body.detail]).toEqual([401, 'Invalid or expired OTP code']);
});

it('rotates refresh tokens, and ends the session when an old one comes back', async () => {
  const { refreshToken, accessToken } = await studio.signIn('rotate@example.org');
  const rotated = await post('/auth/refresh', { refresh_token: refreshToken });
  expect(rotated.status).toBe(200);
  expect(rotated.body.access_token).not.toBe(accessToken);
  expect((await me(rotated.body.access_token)).status).toBe(200);
  const reused = await post('/auth/refresh', { refresh_token: refreshToken });
  expect([reused.status, reused.body.detail]).toEqual([401, 'Invalid or expired refresh token']);
  expect((await post('/auth/refresh', { refresh_token: rotated.body.refresh_token })).status).toBe(
    401,
  );
  expect((await me(rotated.body.access_token)).status).toBe(401);
});

it('lets a session end after seven days without a refresh', async () => {
  const { refreshToken } = await studio.signIn('week@example.org');
  studio.advance(7 * 86_400_000);
  expect((await post('/auth/refresh', { refresh_token: refreshToken })).status).toBe(401);
});

it('ends the session on logout: its access token is refused at once', async () => {
  const person = await studio.signIn('bye@example.org');
  expect((await person.call('POST', '/auth/logout')).status).toBe(204);
  expect((await me(person.accessToken)).status).toBe(401);
  expect((await post('/auth/refresh', { refresh_token: person.refreshToken })).status).toBe(401);
});

it('refuses missing, forged, foreign and expired tokens', async () => {
  const { accessToken } = await studio.signIn('tokens@example.org');
  const missing = await call(studio.origin, 'GET', '/auth/me');
  expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  const [head, claims, signature = ''] = accessToken.split('.');
  const other = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...other, sub: 'someone' })).toString('base64url');
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const token of [
    `${head}.${forged}.${signature}`,
    `${unsigned}.${claims}.`,
    'x',
    `${accessToken}x`,
  ]) {
    const { status, body } = await me(token);
    expect([status, body.detail]).toEqual([401, 'Could not validate credentials']);
  }
  studio.advance(901_000);
  expect((await me(accessToken)).status).toBe(401);
});

it('changes a profile and keeps what is left out', async () => {
  const person = await studio.signIn('profile@example.org');
  const named = await person.call('PATCH', '/auth/me', { full_name: 'Ada', avatar_url: null });
  expect([named.status, named.body.full_name, named.body.avatar_url]).toEqual([200, 'Ada', null]);
  await person.call('PATCH', '/auth/me', { avatar_url: 'https://a.example/a.png' });
  const { body } = await person.call('GET', '/auth/me');
  expect([body.full_name, body.avatar_url]).toEqual(['Ada', 'https://a.example/a.png']);
});

it.each([
  ['/auth/request-otp', { email: 'no address' }, ['body', 'email']],
  ['/auth/request-otp', {}, ['body', 'email']],
  ['/auth/request-otp', { email: 'a@example.org', purpose: 'party' }, ['body', 'purpose']],
  ['/auth/request-otp', { email: 'a\u0000@example.org' }, ['body', 'email']],
  ['/auth/verify-otp', { email: 'a@example.org', code: '12345' }, ['body', 'code']],
  ['/auth/refresh', {}, ['body', 'refresh_token']],
])('refuses %s with %j, naming the place', async (path, body, loc) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(422);
  expect(answer.body.detail[0].loc).toEqual(loc);
});

it('keeps an address in no table and not in the application log, once it is sealed', async () => {
  await studio.signIn('secret.person@example.org');
  const { rows } = await studio.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('log', 'state', 'read', 'engine')`,
  );
  expect(rows.length).toBeGreaterThan(5);
  for (const { name } of rows) {
    const found = await studio.pool.query(
      `select 1 from ${name} t where t::text like '%secret.person%'`,
    );
    expect([name, found.rowCount]).toEqual([name, 0]);
  }
  expect(studio.logged.join('\n')).not.toContain('secret.person');
});
