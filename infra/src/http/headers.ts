import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import type { NewId } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const preflightMaxAgeSeconds = 600;
const exposed = ['Studio-Position', 'Studio-Stale', 'ETag', 'Location', 'Retry-After'].concat(
  ...['X-Request-Id', 'X-Process-Time'],
  ...['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'],
);

/** Sends `X-Process-Time`: milliseconds from the first byte read to the headers written. */
export const processTime = (): RequestHandler => (_request, response, next) => {
  const begun = performance.now();
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => typeof response; // one signature for all its overloads
  response.writeHead = (...args: unknown[]) => {
    if (!response.headersSent)
      response.setHeader('X-Process-Time', (performance.now() - begun).toFixed(2));
    return writeHead(...args);
  };
  next();
};

const wellFormedId = /^[A-Za-z0-9._-]{1,128}$/;

/** Names the request: the client's own `X-Request-Id` when it is a harmless one. Handlers read `response.locals.requestId`. */
export const requestId =
  (newId: NewId): RequestHandler =>
  (request, response, next) => {
    const given = request.get('X-Request-Id');
    const id = given !== undefined && wellFormedId.test(given) ? given : newId();
    response.locals['requestId'] = id;
    response.setHeader('X-Request-Id', id);
    next();
  };

/** What helmet sets is the same on every answer: it is asked once. */
const securityValues = (): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  response.setHeader = (name, value) => {
    values.set(name, String(value));
    return response;
  };
  const tell = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"] } },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
  });
  tell(response.req, response, () => undefined);
  // helmet sends 0; the contract names this value (api.md section 1).
  return values.set('X-XSS-Protection', '1; mode=block');
};

export const securityHeaders = (): RequestHandler => {
  const values = [...securityValues()];
  return (_request, response, next) => {
    for (const [name, value] of values) response.setHeader(name, value);
    next();
  };
};

/** Stands for every origin; their pages may call, but not with cookies, which we do not use. */
const anyOrigin = '*';

const refusePreflight =
  (origins: readonly string[]): RequestHandler =>
  (request, _response, next) => {
    const origin = request.get('Origin');
    const preflight =
      request.method === 'OPTIONS' && request.get('Access-Control-Request-Method') !== undefined;
    const allowed = origin === undefined || origins.includes(origin) || origins.includes(anyOrigin);
    if (preflight && !allowed)
      next(new StudioError('refused', 'request.origin_not_allowed', 'Disallowed CORS origin'));
    else next();
  };

/** To a request of no page the headers say nothing, but caches must know that they are not for pages. */
const unlessNoPage =
  (handler: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (request.headers.origin !== undefined || request.method === 'OPTIONS')
      void handler(request, response, next);
    else {
      response.setHeader('Vary', 'Origin');
      next();
    }
  };

/** Exactly these origins may call from a browser, or any with `*`; the preflight of another is a 400. */
export const crossOrigin = (origins: readonly string[]): RequestHandler[] => {
  const any = origins.includes(anyOrigin);
  const tell = cors({
    origin: any ? anyOrigin : [...origins],
    credentials: !any,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    exposedHeaders: exposed,
    maxAge: preflightMaxAgeSeconds,
  });
  return [refusePreflight(origins), any ? tell : unlessNoPage(tell)];
};
