import { prefersHtml } from '@studio/infra/http';
import type { Express, Request, Response } from 'express';

import { type Asset, loadPage, type PageAssets } from './assets.ts';
import { contentSecurityPolicy } from './policy.ts';

const send = (request: Request, response: Response, asset: Asset, caching: string): void => {
  const isGzipped = request.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  response
    .vary('Accept-Encoding')
    .set({ 'Cache-Control': caching, ETag: asset.etag, 'Content-Type': asset.type })
    .set(isGzipped ? { 'Content-Encoding': 'gzip' } : {})
    .set('Content-Security-Policy', contentSecurityPolicy)
    .send(isGzipped ? asset.gzipped : asset.body);
};

/** The page for people at `/`, and its parts under `/page/`. They are no operations of the API: none stands in its document. */
export const addPage = (app: Express, apiPrefix: string): void => {
  let loaded: PageAssets | undefined;
  const page = (): PageAssets => (loaded ??= loadPage(apiPrefix));

  app.use((request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const atRoot = request.path === '/';
    if (atRoot) response.vary('Accept');
    if (!isRead) next();
    else if (atRoot && prefersHtml(request)) send(request, response, page().html, 'no-cache');
    else if (request.path.startsWith('/page/')) {
      const asset = page().files.get(request.path);
      if (asset) send(request, response, asset, 'public, max-age=31536000, immutable');
      else next();
    } else next();
  });
};
