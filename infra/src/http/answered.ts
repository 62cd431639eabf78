import type { Request, RequestHandler, Response } from 'express';

import type { Logger } from './log.ts';

/** A request that was answered, or that its client left. Nothing of its content, and no raw path. */
export interface Answered {
  readonly method: string;
  /** The pattern that served it, such as `/api/v1/workflows/:id`; `unmatched` when none did. */
  readonly route: string;
  /** 499 when the client left before the answer was whole. */
  readonly status: number;
  readonly ms: number;
  readonly requestBytes: number;
  readonly requestId: string;
  /** Null for whoever is not signed in. */
  readonly userId: string | null;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const routeOf = (request: Request): string => {
  // Express types it as any; it is absent until a route took the request.
  const route = request.route as { readonly path: unknown } | undefined;
  if (!route) return 'unmatched';
  return typeof route.path === 'string' ? route.path : 'pattern';
};

const answeredOf = (request: Request, response: Response, begun: number): Answered => {
  const userId: unknown = response.locals['userId'];
  return {
    // Any other would be a label that a client makes up.
    method: methods.has(request.method) ? request.method : 'OTHER',
    route: routeOf(request),
    status: response.writableFinished ? response.statusCode : 499,
    ms: performance.now() - begun,
    requestBytes: Number(request.headers['content-length'] ?? 0) || 0,
    requestId: String(response.locals['requestId']),
    userId: typeof userId === 'string' ? userId : null,
  };
};

/** Tells of each request once it is over. */
export const whenAnswered =
  (tell: (answered: Answered) => void): RequestHandler =>
  (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      tell(answeredOf(request, response, begun));
    });
    next();
  };

/** One line a request. */
export const logAnswers =
  (logger: Logger): ((answered: Answered) => void) =>
  ({ method, route, status, ms, requestId, userId }) => {
    const fields = { method, route, status, ms: Number(ms.toFixed(1)), requestId, userId };
    if (status >= 500) logger.warn(fields, 'request failed');
    else logger.info(fields, 'request');
  };
