import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import WebSocket from 'ws';

import {
  createStudio,
  newestCode,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { until } from './until.ts';

let studio: StudioProcess;
let person: Person;
beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'logs@example.com');
});
afterAll(() => studio.remove());

interface Line {
  readonly route?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly [field: string]: unknown;
}

const logged = async (): Promise<{ readonly text: string; readonly lines: readonly Line[] }> => {
  const text = await readFile(join(studio.dataDir, 'logs', 'app.log'), 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return {
    text,
    lines: whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line),
  };
};

const lineOf = async (requestId: string): Promise<Line> => {
  let found: Line | undefined;
  await until(async () => {
    found = (await logged()).lines.find((line) => line.requestId === requestId);
    return found !== undefined;
  });
  return found ?? {};
};

it('has one line for each request: what was asked, by whom, how it ended and how long it took', async () => {
  const { body: me } = await person.call('GET', '/auth/me');
  const { headers, status } = await person.call('GET', '/workflows?query=hush', undefined, {
    'x-request-id': 'asked-by-me.1',
  });
  expect([status, headers.get('x-request-id')]).toEqual([200, 'asked-by-me.1']);
  const line = await lineOf('asked-by-me.1');
  expect(line).toMatchObject({ method: 'GET', route: '/api/v1/workflows', status: 200 });
  expect(line).toMatchObject({ level: 30, userId: me.id, ms: expect.any(Number) });
});

it('names the request in the problem document and in the log', async () => {
  const missing = '/workflows/01a20885-762b-4000-8000-01033061433a';
  const { status, body, headers } = await person.call('GET', missing);
  expect([status, body.request_id]).toEqual([404, headers.get('x-request-id')]);
  expect(await lineOf(String(body.request_id))).toMatchObject({
    ...{ route: '/api/v1/workflows/:id', status: 404 },
  });
});

it('makes a name of its own where the one given is not a harmless one', async () => {
  for (const given of ['a b', '<script>', 'x'.repeat(129)]) {
    const { headers } = await person.call('GET', '/workflows', undefined, {
      'x-request-id': given,
    });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
  const longest = 'x'.repeat(128);
  const { headers } = await person.call('GET', '/workflows', undefined, {
    'x-request-id': longest,
  });
  expect(headers.get('x-request-id')).toBe(longest);
});

it('holds no token, no code, no address and nothing of what was sent, on the console neither', async () => {
  const secret = 'Wiqtor-Zbakxe';
  await person.call('POST', `/workflows?token=${secret}`, { name: secret, description: secret });
  await person.call('POST', '/executions', { workflow_id: secret, trigger_data: { secret } });
  await person.call('GET', `/nothing/${secret}`);
  await person.call('POST', '/workflows', `{"name":"${secret}`); // broken JSON
  const address = `${studio.origin().replace('http', 'ws')}/api/v1/ws?token=${person.token}`;
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.once('open', resolve));
  socket.terminate();
  const last = await person.call('GET', '/workflows');
  await lineOf(last.headers.get('x-request-id') ?? '');
  const { text } = await logged();
  const code = await newestCode(studio.dataDir);
  for (const seen of [text, studio.output()]) {
    for (const never of [secret, person.token, 'logs@example.com', code])
      expect(seen).not.toContain(never);
    expect(seen).toContain('/api/v1/workflows');
  }
});
