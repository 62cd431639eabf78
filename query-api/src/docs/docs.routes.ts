import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { openApiDocument } from '@studio/contracts';
import type { Express, RequestHandler } from 'express';

import type { QueryApiDeps } from '../deps.ts';
import {
  redocPage,
  redocStart,
  swaggerPage,
  swaggerStart,
  withoutForeignPicture,
} from './pages.ts';

const { resolve } = createRequire(import.meta.url);

/** Scripts are files of ours only. Both libraries set styles in place, and ReDoc searches in a worker that it makes itself. */
const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'"],
  ...["img-src 'self' data:", "connect-src 'self'", "font-src 'self'", 'worker-src blob:'],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

const page =
  (html: string): RequestHandler =>
  (_request, response) => {
    response.set('Content-Security-Policy', policy).set('Cache-Control', 'no-cache');
    response.type('html').send(html);
  };

const keptSeconds = 3_600;

/** A file of a library or of our own; `load` runs once. */
const file = (
  type: string,
  load: () => Promise<string> | string,
  caching = `public, max-age=${keptSeconds}`,
): RequestHandler => {
  let content: Promise<string> | undefined;
  return async (_request, response) => {
    const text = await (content ??= Promise.resolve(load()));
    response.set('Cache-Control', caching).type(type).send(text);
  };
};

const library = (path: string): Promise<string> => readFile(resolve(path), 'utf8');

/** The document and the two pages that show it. Everything comes from this server. */
export const addDocsRoutes = (
  app: Express,
  { version, apiPrefix }: Pick<QueryApiDeps, 'version' | 'apiPrefix'>,
): void => {
  const document = (): string => JSON.stringify(openApiDocument({ version, prefix: apiPrefix }));
  app.get('/openapi.json', file('json', document, 'no-cache'));
  app.get('/docs', page(swaggerPage));
  app.get(
    '/docs/start.js',
    file('js', () => swaggerStart),
  );
  for (const [name, type] of [
    ['swagger-ui.css', 'css'],
    ['swagger-ui-bundle.js', 'js'],
  ] as const)
    app.get(
      `/docs/${name}`,
      file(type, () => library(`swagger-ui-dist/${name}`)),
    );
  app.get('/redoc', page(redocPage));
  app.get(
    '/redoc/start.js',
    file('js', () => redocStart),
  );
  app.get(
    '/redoc/redoc.standalone.js',
    file('js', async () =>
      withoutForeignPicture(await library('redoc/bundles/redoc.standalone.js')),
    ),
  );
};
