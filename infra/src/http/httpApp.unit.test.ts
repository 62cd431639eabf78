import {
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  request,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConflictError, StudioError } from '@studio/contracts';
import express from 'express';
import { z } from 'zod';

import { crossOrigin } from './headers.ts';
import { createHttpApp } from './httpApp.ts';
import { parse } from './parse.ts';

const reads = express();
reads.get('/things', (_request, response) => void response.json([]));
reads.get('/things/:id', (_request, response) => void response.json({}));
const writes = express();
writes.post('/things', (request, response) => {
  const thing = parse(
    z.object({ name: z.string(), tags: z.array(z.string()).default([]) }),
    request.body,
  );
  response.status(201).json(thing);
});
writes.post('/fails/:how', (request) => {
  switch (request.params.how) {
    case 'conflict':
      throw new ConflictError('workflow-1', 3, 4);
    case 'busy':
      throw new StudioError('unavailable', 'service.unavailable', 'Busy', { retryAfterMs: 1_500 });
    default:
      throw new Error('the secret of Ada Lovelace');
  }
});

const logged: string[] = [];
let server: Server;
let port: number;
beforeAll(async () => {
  const line = (fields: object, message: string) =>
    void logged.push(JSON.stringify({ fields, message }));
  const app = createHttpApp({
    ...{ apis: [writes, reads], newId: () => 'made-id', maxBodyBytes: 100_000 },
    corsOrigins: ['https://canvas.example'],
    logger: { info: line, warn: line, error: line },
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  ({ port } = server.address() as AddressInfo); // it listens on a port
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly json: {
    readonly detail?: unknown;
    readonly code?: string;
    readonly [member: string]: unknown;
  };
}

/** Sends a path as it is written, which `fetch` would tidy up. */
const send = (
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | Buffer,
) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const json = (
            text === '' ? {} : JSON.parse(text.startsWith('{') ? text : '{}')
          ) as Answer['json']; // what we sent
          resolve({ status: answer.statusCode, headers: answer.headers, json });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
const sendJson = (body: string | Buffer, path = '/things') =>
  send('POST', path, { 'content-type': 'application/json' }, body);

describe('routes', () => {
  it('serves each path by whichever API has it', async () => {
    expect((await send('GET', '/things')).status).toBe(200);
    expect((await sendJson('{"name":"a"}')).status).toBe(201);
  });
  it('answers 404 for an unknown path, as a problem document', async () => {
    const { status, headers, json } = await send('GET', '/nothing');
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(json).toEqual({
      ...{ type: 'about:blank', title: 'Not Found', status: 404, detail: 'Not Found' },
      ...{ code: 'request.route_unknown', request_id: 'made-id' },
    });
  });
  it('answers 405 with what is allowed for a wrong method', async () => {
    const { status, headers, json } = await send('DELETE', '/things');
    expect([status, headers.allow, json.detail]).toEqual([405, 'GET, POST', 'Method Not Allowed']);
  });
  it('sends a trailing slash to the path without it', async () => {
    const { status, headers } = await send('POST', '/things/?a=1');
    expect([status, headers.location]).toEqual([307, '/things?a=1']);
  });
  it.each(['//evil.example/', '/nothing/', '/%zz/', '/things/%zz'])(
    'redirects %s nowhere',
    async (path) => {
      const { status, headers } = await send('GET', path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(headers.location).toBeUndefined();
    },
  );
});

describe('bodies', () => {
  it('names the place of what is wrong without repeating it', async () => {
    const { status, json } = await sendJson('{"tags":["a",7]}');
    expect(status).toBe(422);
    expect(json.detail).toEqual([
      { type: 'missing', loc: ['body', 'name'], msg: 'Field required' },
      expect.objectContaining({ type: 'invalid_type', loc: ['body', 'tags', 1] }),
    ]);
  });
  it.each([
    ['malformed JSON', '{"name":', 'json_invalid'],
    ['JSON that nests far too deep', '['.repeat(40_000) + ']'.repeat(40_000), 'json_too_deep'],
    ['no object', '7', 'invalid_type'],
  ])('answers 422 for %s', async (_, body, type) => {
    const { status, json } = await sendJson(body);
    expect([status, (json.detail as { type: string }[])[0]?.type]).toEqual([422, type]);
  });
  it('counts no brackets inside of strings', async () => {
    expect((await sendJson(JSON.stringify({ name: '[\\"'.repeat(2_000) }))).status).toBe(201);
  });
  it('answers 422 for a body that is not sent as JSON', async () => {
    const { status, json } = await send(
      'POST',
      '/things',
      { 'content-type': 'text/plain' },
      '{"name":"a"}',
    );
    expect([status, json.detail]).toEqual([
      422,
      [{ type: 'missing', loc: ['body'], msg: 'Field required' }],
    ]);
  });
  it('answers 413 for a body that is too large', async () => {
    const { status, json } = await sendJson(JSON.stringify({ name: 'a'.repeat(100_001) }));
    expect([status, json.code]).toEqual([413, 'request.too_large']);
  });
  it('answers 4xx for an encoding that it does not know', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'rot13' };
    const { status, json } = await send('POST', '/things', headers, '{}');
    expect([status, json['status'], json['title']]).toEqual([415, 415, 'Unsupported Media Type']);
  });
  it.each(['utf-16le', 'utf-7'])(
    'answers 415 for JSON in %s, whose depth nobody counts',
    async (charset) => {
      const deep = `{"name":"\\"","tags":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
      const headers = { 'content-type': `application/json; charset=${charset}` };
      const { status } = await send('POST', '/things', headers, Buffer.from(deep, 'utf16le'));
      expect(status).toBe(415);
    },
  );
  it('takes JSON that says it is UTF-8', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    expect((await send('POST', '/things', headers, '{"name":"é"}')).status).toBe(201);
  });
});

describe('errors', () => {
  it('tells a lost race with what it was about', async () => {
    const { status, json } = await send('POST', '/fails/conflict');
    expect([status, json['stream'], json['actual']]).toEqual([409, 'workflow-1', 4]);
  });
  it('says when to come back', async () => {
    const { status, headers } = await send('POST', '/fails/busy');
    expect([status, headers['retry-after']]).toEqual([503, '2']);
  });
  it('tells nothing of its inside, neither in the answer nor in the log', async () => {
    const { status, json } = await send('POST', '/fails/badly');
    expect([status, json.detail]).toEqual([500, 'Internal Server Error']);
    expect(JSON.stringify(json)).not.toContain('Lovelace');
    expect(logged.join()).toContain('request failed unexpectedly');
    expect(logged.join()).not.toContain('Lovelace');
  });
});

describe('headers', () => {
  it('sends the security headers and the time that the answer took', async () => {
    const { headers } = await send('GET', '/things');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-xss-protection': '1; mode=block',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'content-security-policy': "default-src 'self'",
      'x-request-id': 'made-id',
    });
    expect(headers['x-process-time']).toMatch(/^\d+\.\d\d$/);
    expect(headers['x-powered-by']).toBeUndefined();
  });
  it('keeps a harmless request id of the client and no other', async () => {
    const id = async (given: string) =>
      (await send('GET', '/things', { 'x-request-id': given })).headers['x-request-id'];
    expect(await id('abc-1')).toBe('abc-1');
    expect(await id('<script>')).toBe('made-id');
  });
  it('lets the listed origins in and refuses the preflight of others', async () => {
    const preflight = (origin: string) =>
      send('OPTIONS', '/things', { origin, 'access-control-request-method': 'POST' });
    const ours = await preflight('https://canvas.example');
    expect(ours.status).toBe(204);
    expect(ours.headers).toMatchObject({
      'access-control-allow-origin': 'https://canvas.example',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '600',
    });
    const theirs = await preflight('https://canvas.example.evil.example');
    expect(theirs.status).toBe(400);
    expect(theirs.headers['access-control-allow-origin']).toBeUndefined();
  });
  it('lets every origin in where the list says *, without credentials', async () => {
    const app = express().use(crossOrigin(['*']));
    const open = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => open.once('listening', resolve));
    const { port: openPort } = open.address() as AddressInfo; // it listens on a port
    const { status, headers } = await fetch(`http://127.0.0.1:${openPort}/`, {
      method: 'OPTIONS',
      headers: { origin: 'https://any.example', 'access-control-request-method': 'POST' },
    });
    await new Promise((resolve) => open.close(resolve));
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});
