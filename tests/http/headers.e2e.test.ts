import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createStudio, signIn, type StudioProcess } from '../fixtures/studio.ts';

const ours = 'https://canvas.example';

let studio: StudioProcess;
let authorization: string;
beforeAll(async () => {
  studio = await createStudio({ env: { CORS_ORIGINS: ours } });
  await studio.start();
  authorization = `Bearer ${(await signIn(studio, 'headers@example.com')).token}`;
});
afterAll(() => studio.remove());

const send = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(`${studio.origin()}${path}`, { redirect: 'manual', ...options });

/** One of each kind of answer. */
const answers: readonly (readonly [string, number, string, RequestInit?])[] = [
  ['data', 200, '/health'],
  ['metrics', 200, '/metrics'],
  ['who is not signed in', 401, '/api/v1/workflows'],
  ['an unknown path', 404, '/nothing'],
  ['a wrong method', 405, '/api/v1/auth/me', { method: 'DELETE' }],
  ['a trailing slash', 307, '/api/v1/workflows/'],
  ['a body that is wrong', 422, '/api/v1/auth/request-otp', { method: 'POST' }],
];

describe.each(answers)('the answer to %s (%i)', (_, status, path, options) => {
  it('has a name, its time and the headers that protect browsers', async () => {
    const { headers, status: found } = await send(path, options);
    expect(found).toBe(status);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const again = await send(path, options);
    expect(again.headers.get('x-request-id')).not.toBe(headers.get('x-request-id'));
    expect(headers.get('x-process-time')).toMatch(/^\d+\.\d\d$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-xss-protection')).toBe('1; mode=block');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

it('keeps a connection longer than a load balancer does, which is the one to close it', async () => {
  expect((await send('/health')).headers.get('keep-alive')).toBe('timeout=75');
});

describe('pages of other origins', () => {
  const preflight = (origin: string, method = 'PATCH') =>
    send('/api/v1/workflows', {
      method: 'OPTIONS',
      headers: {
        ...{ origin, 'access-control-request-method': method },
        'access-control-request-headers': 'authorization,idempotency-key',
      },
    });

  it('may call when they are listed, with any method and header', async () => {
    const { status, headers } = await preflight(ours);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(ours);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,idempotency-key');
    expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(headers.get('access-control-max-age')).toBe('600');
    expect(headers.get('vary')).toContain('Origin');
  });

  it('can read what the studio says beside the body', async () => {
    const { headers } = await send('/api/v1/workflows', {
      headers: { origin: ours, authorization },
    });
    expect(headers.get('access-control-allow-origin')).toBe(ours);
    const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',');
    expect(exposed).toEqual(
      expect.arrayContaining([
        ...['studio-position', 'etag', 'location', 'retry-after', 'x-request-id'],
        ...['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
      ]),
    );
  });

  it.each(['https://evil.example', 'https://canvas.example.evil.example', 'null', `${ours}:444`])(
    'are refused when they are %s',
    async (origin) => {
      const refused = await preflight(origin);
      expect(refused.status).toBe(400);
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
      const simple = await send('/health', { headers: { origin } });
      expect(simple.headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});
