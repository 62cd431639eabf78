import { StudioError } from '@studio/contracts';
import type { RequestHandler } from 'express';

const readiness = '/health/ready';

/**
 * While the process stops it still answers, but sends its clients away: balancers by `/health/ready`,
 * which is 503, and everybody else by ending their connection after the answer.
 */
export const sendAwayWhile =
  (isStopping: () => boolean): RequestHandler =>
  (request, response, next) => {
    if (!isStopping()) {
      next();
      return;
    }
    response.setHeader('Connection', 'close');
    const error = new StudioError('unavailable', 'service.unavailable', 'Stopping', {
      retryAfterMs: 5_000,
    });
    if (request.path === readiness) next(error);
    else next();
  };
