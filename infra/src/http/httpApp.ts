import type { NewId } from '@studio/contracts';
import express, { type ErrorRequestHandler, type Express } from 'express';

import { type Answered, logAnswers, whenAnswered } from './answered.ts';
import { crossOrigin, processTime, requestId, securityHeaders } from './headers.ts';
import { jsonBody } from './jsonBody.ts';
import { limitPeople, type PeopleLimits } from './limits.ts';
import type { Logger } from './log.ts';
import { problemOf } from './problems.ts';
import { unlessLeft } from './rawBodies.ts';
import { redirectTrailingSlash, unanswered } from './routes.ts';
import { sendAwayWhile } from './stopping.ts';

export interface HttpAppOptions {
  /** Apps whose routes stand directly on them, with full paths; a request falls through to the next. */
  readonly apis: readonly Express[];
  readonly newId: NewId;
  readonly logger: Logger;
  /** Browser origins that may call, exactly as they are sent; `*` is any. */
  readonly corsOrigins: readonly string[];
  /** Default 10 MiB. */
  readonly maxBodyBytes?: number;
  /** Proxies in front that are to be believed about the client's address: how many, or which; default none. */
  readonly trustedProxies?: number | readonly string[];
  /** Default: nobody's requests are counted. */
  readonly people?: PeopleLimits;
  /** True once the process is on its way out. */
  readonly isStopping?: () => boolean;
  /** Told of each request when it is over, beside the log. */
  readonly onAnswered?: (answered: Answered) => void;
}

/** Where it happened, without the message: those of parsers and databases quote payloads. */
const placeOf = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, code: 'code' in error ? error.code : undefined, frames };
};

const tellProblem =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    if (problem.status === 500)
      logger.error(
        { requestId: response.locals['requestId'], method: request.method, ...placeOf(error) },
        'request failed unexpectedly',
      );
    if (response.headersSent) {
      next(error);
      return;
    } // too late for an answer: express closes the socket
    const instance: unknown = response.locals['requestId'];
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem.body, request_id: instance }));
  };

/** What every process that speaks HTTP has in common, around the APIs it serves. */
export const createHttpApp = (options: HttpAppOptions): Express => {
  const { apis, newId, logger, corsOrigins } = options;
  const app = express();
  app.disable('x-powered-by');
  const proxies = options.trustedProxies ?? 0;
  app.set('trust proxy', typeof proxies === 'number' ? proxies : [...proxies]);
  app.set('query parser', 'simple');
  const log = logAnswers(logger);
  app.use(
    whenAnswered((answered) => {
      options.onAnswered?.(answered);
      log(answered);
    }),
  );
  app.use(processTime(), requestId(newId), securityHeaders(), ...crossOrigin(corsOrigins));
  if (options.isStopping) app.use(sendAwayWhile(options.isStopping));
  // Before the body: what is refused is not read.
  if (options.people) app.use(limitPeople(options.people));
  const readJson = jsonBody(options.maxBodyBytes ?? 10 * 1024 * 1024);
  app.use(redirectTrailingSlash(apis), unlessLeft(apis, readJson));
  // Their routers and not they: an app in an app changes the prototypes of each request, which V8 makes us pay for.
  for (const { router } of apis) app.use(router);
  app.use(unanswered(apis), tellProblem(logger));
  return app;
};
