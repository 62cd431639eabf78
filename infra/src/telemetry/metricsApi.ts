import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';

import { StudioError } from '@studio/contracts';
import express, { type Express, type Request } from 'express';

import type { Metrics } from './metrics.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isLoopback = (address = ''): boolean => {
  const bare = address.replace(/^::ffff:/, '');
  return bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
};
/** A proxy on this machine connects from here on behalf of somebody who may be anywhere. */
const forwards = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const isLocal = (request: Request): boolean =>
  isLoopback(request.socket.remoteAddress) &&
  forwards.every((name) => request.headers[name] === undefined);

const refuseOthers = (request: Request, token: string | undefined): void => {
  if (token === undefined) {
    if (isLocal(request)) return;
    const why = 'Metrics are for the machine itself unless METRICS_TOKEN is set';
    throw new StudioError('forbidden', 'auth.not_allowed', why);
  }
  const [, given = ''] = /^bearer (.+)$/i.exec(request.get('Authorization') ?? '') ?? [];
  if (!timingSafeEqual(digest(given), digest(token)))
    throw new StudioError('unauthenticated', 'auth.missing_token', 'Not authenticated');
};

/** `GET /metrics` for Prometheus: with the token, or from this machine alone when there is none. */
export const createMetricsApi = (metrics: Metrics, token: string | undefined): Express => {
  const app = express();
  app.get('/metrics', async (request, response) => {
    refuseOthers(request, token);
    response.set('Cache-Control', 'no-store');
    response.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.text());
  });
  return app;
};
