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
    if (request.path !== readiness) {
      next();
      return;
    }
    response.status(503).set('Retry-After', '5');
    response.json({ status: 'unavailable', dependencies: {}, stopping: true });
  };
