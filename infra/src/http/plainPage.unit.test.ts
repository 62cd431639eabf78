import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DomainError } from '@studio/contracts';
import express from 'express';

import { createHttpApp } from './httpApp.ts';
import { sendPlainPage, toldToPeople } from './plainPage.ts';

const evil = `<script>alert("1")</script> & 'x'`;
const api = express();
api.get('/page', (_request, response) => {
  sendPlainPage(response, 200, {
    ...{ title: evil, paragraphs: [evil], verbatim: evil },
    button: { label: evil, postTo: `?a="${evil}` },
  });
});
api.get(
  '/refused',
  toldToPeople(async () => {
    throw new DomainError('approval.link_over', `Over ${evil}`);
  }),
);

let server: Server;
let origin: string;
beforeAll(async () => {
  const quiet = () => undefined;
  const app = createHttpApp({
    ...{ apis: [api], newId: () => 'id', corsOrigins: [] },
    logger: { info: quiet, warn: quiet, error: quiet },
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => void server.close());

it('shows every text as text, and lets nothing in from elsewhere', async () => {
  const answer = await fetch(`${origin}/page`);
  const html = await answer.text();
  expect(html.match(/<script/g)).toBeNull();
  expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)).toHaveLength(6);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri/);
  expect(policy).toContain("frame-ancestors 'none'; form-action 'self'");
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

it('tells people of a refusal in a page, and clients in a problem document', async () => {
  const ask = (accept: string) => fetch(`${origin}/refused`, { headers: { accept } });
  const page = await ask('text/html,*/*;q=0.8');
  expect([page.status, page.headers.get('content-type')]).toEqual([
    410,
    'text/html; charset=utf-8',
  ]);
  expect(await page.text()).toContain('Over &lt;script&gt;');
  const problem = await ask('*/*');
  expect([problem.status, problem.headers.get('vary')]).toEqual([
    410,
    expect.stringMatching(/Accept/),
  ]);
  expect(await problem.json()).toMatchObject({ code: 'approval.link_over' });
});
