import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';

import { addPage } from './page.routes.ts';

const browserAccepts = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
let server: Server;
let origin: string;
let html: string;
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { headers: { 'accept-encoding': 'identity', ...headers } });

beforeAll(async () => {
  const app = express();
  addPage(app, '/api/"v1');
  app.get('/', (_request, response) => void response.json({ message: 'API' }));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  html = await (await get('/', { accept: browserAccepts })).text();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((each) => each.trim().split(' as ').at(0) ?? '')
    .filter(Boolean);
const importsOf = (text: string): { names: string[]; from: string }[] =>
  [...text.matchAll(/^(?:import|export)\s*\{([^}]*)\}\s*from '([^']+)'/gm)].map(
    ([, list = '', from = '']) => ({ names: namesIn(list), from }),
  );
const exportsOf = (text: string): string[] => [
  ...[...text.matchAll(/^export (?:const|class|function) (\w+)/gm)].map(([, name = '']) => name),
  ...[...text.matchAll(/^export \{([^}]*)\};/gm)].flatMap(([, list = '']) =>
    list.split(',').map((item) => item.trim().split(' ').at(-1) ?? ''),
  ),
];

const parts = (): string[] => [
  ...new Set([...html.matchAll(/"(\/page\/[^"]+)"/g)].map(([, path = '']) => path)),
];

describe('who gets the page', () => {
  it.each([
    [browserAccepts, 'text/html'],
    ['text/html', 'text/html'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/json, text/html;q=0.5', 'application/json'],
    ['image/png', 'application/json'],
  ])('%s: %s', async (accept, type) => {
    const answer = await get('/', { accept });
    expect(answer.headers.get('content-type')).toMatch(new RegExp(`^${type}`));
    expect(answer.headers.get('vary')).toContain('Accept');
  });
});

describe('what is served', () => {
  it('names the API where it calls, escaped', () => {
    expect(html).toContain('<meta name="api-prefix" content="/api/&quot;v1" />');
    expect(html).not.toContain('{{');
  });
  it('has no script, style or handler within it', () => {
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|https?:/);
  });
  it('refuses whatever is not its own, and markup made of texts', async () => {
    const { headers } = await get('/', { accept: browserAccepts });
    const policy = (headers.get('content-security-policy') ?? '').split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"],
        ...["frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
      ]),
    );
    expect(policy.join()).not.toContain('unsafe');
  });
  it('lets each part be kept for ever, and the page itself be asked for again', async () => {
    const page = await get('/', { accept: browserAccepts });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/', {
      accept: browserAccepts,
      // Else fetch asks for an answer past every cache.
      'cache-control': 'max-age=0',
      'if-none-match': page.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
    for (const path of parts()) {
      const { status, headers } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });
  it('serves JavaScript whose parts have of each other all that they import', async () => {
    const names = parts().filter((path) => path.endsWith('.ts'));
    const texts = new Map<string, string>();
    for (const path of names) {
      const answer = await get(path);
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      texts.set(`./${path.split('/').at(-1) ?? ''}`, await answer.text());
    }
    let links = 0;
    for (const [name, text] of texts)
      for (const { names: wanted, from } of importsOf(text)) {
        expect([name, from, texts.has(from)]).toEqual([name, from, true]);
        const given = exportsOf(texts.get(from) ?? '');
        for (const each of wanted)
          expect([name, from, given]).toEqual([name, from, expect.arrayContaining([each])]);
        links += 1;
      }
    expect(links).toBeGreaterThan(names.length);
  });
  it('serves no test, no types and no file of another place', async () => {
    expect(parts().filter((path) => path.includes('test') || path.endsWith('view.ts'))).toEqual([]);
    const [some = ''] = parts();
    const folder = some.slice(0, some.lastIndexOf('/'));
    for (const path of [`${folder}/../assets.ts`, `${folder}/tsconfig.json`, '/page/0/main.ts'])
      expect((await get(path)).status).toBe(404);
    expect((await fetch(`${origin}${some}`, { method: 'POST' })).status).toBe(404);
  });
  it('is small: under 60 KB as it is sent', async () => {
    let bytes = 0;
    for (const path of ['/', ...parts()]) {
      const headers = { accept: browserAccepts, 'accept-encoding': 'gzip' };
      const answer = await get(path, headers);
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      bytes += Number(answer.headers.get('content-length'));
    }
    expect(bytes).toBeLessThan(60_000);
    expect(bytes).toBeGreaterThan(10_000);
  });
});
