import { createHmac, randomBytes } from 'node:crypto';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '@studio/contracts';
import { createAuth, createPool, deriveKey, newId } from '@studio/infra';

import { listen, type Listener } from '../fixtures/listener.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';
import { type Refusals, told, watchRefusals } from './refusals.ts';

const secretKey = randomBytes(32);
let studio: StudioProcess;
let owner: Person;
let stranger: Person;
let refusals: Refusals;
let workflowId: string;
let runId: string;

beforeAll(async () => {
  studio = await createStudio({ env: { SECRET_KEY: secretKey.toString('hex') } });
  await studio.start();
  owner = await signIn(studio, 'ada@example.org');
  stranger = await signIn(studio, 'grace@example.org');
  refusals = await watchRefusals(studio);
  workflowId = await save(owner, chain(canvasNode('begin', 'manual-trigger')));
  runId = await start(owner, workflowId, { secret: true });
  await ended(owner, runId);
});
afterAll(async () => {
  await refusals.close();
  await studio.remove();
});

const socket = (path: string, token: string): Listener =>
  listen(`${studio.origin().replace('http', 'ws')}/api/v1${path}`, ['bearer', token]);

describe('a token', () => {
  interface Claims {
    readonly sub: UserId;
    readonly sid: string;
  }
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claimsOf = (token: string): Claims =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims; // our own token

  /** A token of the owner's session as the studio would make it, with another key or at another time. */
  const minted = async (masterKey: Buffer, secondsAgo = 0): Promise<string> => {
    const pool = createPool({ url: studio.databaseUrl(), applicationName: 'token-test' });
    const { accessTokens } = await createAuth({
      ...{ pool, newId, clock: () => new Date(Date.now() - secondsAgo * 1_000).toISOString() },
      deriveKey: (purpose) => deriveKey(masterKey, purpose),
    });
    await pool.end();
    const { sub: userId, sid: sessionId } = claimsOf(owner.token);
    return accessTokens.issue({ userId, sessionId });
  };

  const answers = async (authorization?: string) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const read = await refusals.ask('GET', `/executions/${runId}`, { headers });
    const written = await refusals.storingNothing(() =>
      refusals.ask('POST', '/workflows', { headers, body: { name: 'a' } }),
    );
    for (const answer of [read, written])
      if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    return [read.status, written.status];
  };

  it('opens both sides when it is the studio’s own', async () => {
    const again = await minted(secretKey);
    const { status } = await refusals.ask('GET', '/workflows', {
      headers: { authorization: `Bearer ${again}` },
    });
    expect(status).toBe(200);
  });

  it('is refused when its time is over', async () => {
    const justInTime = await minted(secretKey, 14 * 60);
    const tooLate = await minted(secretKey, 15 * 60 + 1);
    const { status } = await refusals.ask('GET', '/workflows', {
      headers: { authorization: `Bearer ${justInTime}` },
    });
    expect(status).toBe(200);
    expect(await answers(`Bearer ${tooLate}`)).toEqual([401, 401]);
    await expect(socket('/ws', tooLate).opened).rejects.toThrow('401');
  });

  it('is refused when somebody else signed it, or nobody', async () => {
    const claims = claimsOf(owner.token);
    const [head = '', body = '', signature = ''] = owner.token.split('.');
    const jwks = (await refusals.ask('GET', '/../../.well-known/jwks.json')).body;
    const publicKey = Buffer.from(String(jwks.keys[0].x), 'base64url');
    const asHmac = `${part({ alg: 'HS256', typ: 'JWT' })}.${body}`;
    const hmac = createHmac('sha256', publicKey).update(asHmac).digest('base64url');
    const other = part({ ...claims, sub: claimsOf(stranger.token).sub });
    const forged = [
      await minted(randomBytes(32)),
      `${part({ alg: 'none' })}.${body}.`,
      `${part({ alg: 'none' })}.${body}.${signature}`,
      `${asHmac}.${hmac}`,
      `${head}.${other}.${signature}`,
      `${head}.${body}`,
      ...['x', '..', 'null', `${owner.token}x`, `${owner.token} x`],
    ];
    for (const token of forged) {
      expect(await answers(`Bearer ${token}`)).toEqual([401, 401]);
      if (!token.includes(' '))
        await expect(socket(`/ws/executions/${runId}`, token).opened).rejects.toThrow('401');
    }
  });

  it('is missed when there is none', async () => {
    for (const header of [undefined, '', 'Bearer', `Basic ${owner.token}`, owner.token])
      expect(await answers(header)).toEqual([401, 401]);
  });

  it('ends with its session', async () => {
    const leaving = await signIn(studio, 'leaving@example.org');
    const listener = socket('/ws', leaving.token);
    await listener.opened;
    expect((await leaving.call('POST', '/auth/logout')).status).toBe(204);
    expect((await leaving.call('GET', '/workflows')).status).toBe(401);
    expect((await leaving.call('POST', '/workflows', { name: 'a' })).status).toBe(401);
    expect(await listener.closed).toBe(4401);
  });
});

describe('what belongs to another', () => {
  const asked = async (method: string, path: string, body?: unknown) =>
    refusals.storingNothing(async () => {
      const answer = await stranger.call(method, path, body);
      expect(JSON.stringify(answer.body)).not.toContain('secret');
      return told(answer)[0];
    });

  it('is as absent as what never was', async () => {
    for (const id of [runId, newId()]) {
      for (const what of ['', '/nodes', '/logs', '/events', '/replay'])
        expect(await asked('GET', `/executions/${id}${what}`)).toBe(404);
      for (const what of ['cancel', 'forget'])
        expect(await asked('POST', `/executions/${id}/${what}`)).toBe(404);
      const resolution = { action: 'retry' };
      expect(await asked('POST', `/executions/${id}/nodes/begin/resolve`, resolution)).toBe(404);
      await expect(socket(`/ws/executions/${id}`, stranger.token).opened).rejects.toThrow('404');
    }
    for (const id of [workflowId, newId()]) {
      expect(await asked('GET', `/workflows/${id}`)).toBe(404);
      expect(await asked('PUT', `/workflows/${id}`, { name: 'mine' })).toBe(404);
      expect(await asked('POST', `/workflows/${id}/executions`, {})).toBe(404);
      expect(await asked('POST', '/executions', { workflow_id: id })).toBe(404);
    }
    const { workspace_id: workspace } = (await owner.call('GET', '/auth/me')).body;
    expect(await asked('POST', '/workflows', { name: 'a', workspace_id: workspace })).toBe(404);
  });

  it('is in no list', async () => {
    for (const path of ['/workflows', '/executions', `/executions?workflow_id=${workflowId}`])
      expect((await stranger.call('GET', path)).body).toMatchObject({ items: [], total: 0 });
  });
});

describe('an Idempotency-Key', () => {
  const key = { 'idempotency-key': 'once' };

  it('makes one run of many requests, and one workflow', async () => {
    const body = { workflow_id: workflowId, trigger_data: { n: 1 } };
    const many = await Promise.all(
      Array.from({ length: 8 }, () => owner.call('POST', '/executions', body, key)),
    );
    const [first] = many;
    for (const { status, body: answer } of many)
      expect([status, answer]).toEqual([202, first?.body]);
    await ended(owner, String(first?.body.id));
    const late = await refusals.storingNothing(() => owner.call('POST', '/executions', body, key));
    expect([late.status, late.body]).toEqual([202, first?.body]);
    const { body: runs } = await owner.call('GET', `/executions?workflow_id=${workflowId}`);
    expect(runs.total).toBe(2);
    const saves = [1, 2].map(() => owner.call('POST', '/workflows', { name: 'Once' }, key));
    const [one, two] = await Promise.all(saves);
    expect([one?.status, one?.body]).toEqual([201, two?.body]);
  });

  it('is refused for another request, and for a key that is none', async () => {
    const post = async (body: object, headers: Record<string, string>) =>
      refusals.storingNothing(async () =>
        told(await owner.call('POST', '/executions', body, headers)).slice(0, 2),
      );
    const other = { workflow_id: workflowId, trigger_data: { n: 2 } };
    expect(await post(other, key)).toEqual([422, 'request.idempotency_key_reused']);
    for (const text of ['', 'a b', 'x'.repeat(256)])
      expect(await post(other, { 'idempotency-key': text })).toEqual([422, 'request.invalid']);
  });

  it('is its owner’s alone', async () => {
    const mine = await save(stranger, chain(canvasNode('a', 'noop')));
    const answer = await stranger.call('POST', '/executions', { workflow_id: mine }, key);
    expect(answer.status).toBe(202);
    await ended(stranger, String(answer.body.id));
  });
});

describe('a way that leads nowhere', () => {
  const asked = (method: string, path: string) =>
    refusals.storingNothing(() => owner.call(method, path));

  it('answers 405 with what is allowed, and 404', async () => {
    for (const [method, path, allowed] of [
      ['DELETE', '/executions', 'GET, POST'],
      ['PATCH', '/workflows', 'GET, POST'],
      ['PUT', `/executions/${runId}`, 'GET'],
      ['GET', '/auth/request-otp', 'POST'],
      ['POST', '/node-kinds', 'GET'],
    ] as const) {
      const answer = await asked(method, path);
      expect([answer.status, answer.body.detail]).toEqual([405, 'Method Not Allowed']);
      expect(answer.headers.get('allow')?.replace('HEAD, ', '')).toBe(allowed);
    }
    for (const path of ['/nothing', '', '/executions/a/b/c', '/workflows/../../x'])
      expect(told(await asked('GET', path))).toEqual([404, 'request.route_unknown', 'Not Found']);
  });

  it('answers 307 where only a slash is too much, and never to another host', async () => {
    const at = (path: string) => fetch(`${studio.origin()}${path}`, { redirect: 'manual' });
    const slashed = await at('/api/v1/workflows/?limit=5');
    expect([slashed.status, slashed.headers.get('location')]).toEqual([
      ...[307, '/api/v1/workflows?limit=5'],
    ]);
    expect((await at('//example.org/')).status).toBe(404);
  });

  it('answers bytes that are no HTTP, and goes on', async () => {
    const { hostname, port } = new URL(studio.origin());
    const speak = (bytes: string | Buffer): Promise<string> =>
      new Promise((resolve) => {
        const stream = connect(Number(port), hostname, () => stream.write(bytes));
        let answer = '';
        stream.on('data', (data) => (answer += data.toString('latin1')));
        stream.on('error', () => resolve(answer));
        stream.on('close', () => resolve(answer));
      });
    expect(await speak('Hello?\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await speak(randomBytes(4_096))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await speak(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect((await owner.call('GET', '/workflows')).status).toBe(200);
  });
});

describe('a socket', () => {
  const closing = async (listener: Listener): Promise<number> => {
    listener.socket.close();
    return listener.closed;
  };
  const isError = (text: string) => (message: object) =>
    'message' in message && message.message === text;

  it('answers what it does not understand, and stays open', async () => {
    const listener = socket('/ws', owner.token);
    await listener.opened;
    await refusals.storingNothing(async () => {
      listener.send('not json');
      await listener.until(isError('Invalid JSON format'));
      for (const text of ['[]', '7', 'null', '"text"']) listener.send(text);
      listener.send({ type: 'dance' });
      await listener.until(isError('Unknown message type: dance'));
      listener.send({ type: { a: 1 } });
      await listener.until(isError('Unknown message type: none'));
      listener.socket.send(randomBytes(1_000));
      for (const room of ['', 'execution:x', `user:${newId()}`, `execution:${newId()}`, '\0'])
        listener.send({ type: 'subscribe', room_id: room });
      listener.send({ type: 'subscribe', room_id: { $ne: null } });
      listener.send({ type: 'unsubscribe', room_id: 'never joined' });
      listener.send({ type: 'ping' });
      await listener.until(({ type }) => type === 'pong');
    });
    const errors = listener.messages.filter(({ type }) => type === 'error');
    expect(errors.filter(isError('A message is a JSON object'))).toHaveLength(4);
    expect(errors.filter(isError('Access denied to room'))).toHaveLength(5);
    expect(await closing(listener)).toBe(1005);
  });

  it('hears nothing of another’s rooms', async () => {
    const listener = socket('/ws', stranger.token);
    await listener.opened;
    const rooms = [`execution:${runId}`, `workflow:${workflowId}`];
    for (const room of rooms) listener.send({ type: 'subscribe', room_id: room });
    listener.send({ type: 'ping' });
    await listener.until(({ type }) => type === 'pong');
    await ended(owner, await start(owner, workflowId));
    listener.send({ type: 'ping' });
    await listener.until(() => listener.messages.filter(({ type }) => type === 'pong').length > 1);
    expect(listener.messages.filter(isError('Access denied to room'))).toHaveLength(2);
    expect(listener.messages.filter(({ type }) => /fact|update/.test(type))).toEqual([]);
    await closing(listener);
  });

  it('is closed when a message is too large', async () => {
    const listener = socket('/ws', owner.token);
    await listener.opened;
    listener.send('a'.repeat(100_000));
    expect(await listener.closed).toBe(1009);
  });

  it.each([
    ['/ws/nothing', 404],
    ['/ws/executions/', 404],
    ['/ws/executions/nonsense', 400],
    ['/ws?after=nonsense', 422],
    ['/ws?after=other:1', 410],
    ['/workflows', 404],
  ])('is not opened at %s', async (path, status) => {
    await expect(socket(path, owner.token).opened).rejects.toThrow(String(status));
  });
});

it('never answers 5xx', () => {
  expect(refusals.statuses.filter((status) => status >= 500)).toEqual([]);
  expect(studio.output()).not.toContain('request failed unexpectedly');
});
