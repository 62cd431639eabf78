import type { APIError } from '@anthropic-ai/sdk';
import { DomainError, StudioError } from '@studio/contracts';

const maxWaitMs = 24 * 60 * 60 * 1000;

const waitOf = ({ headers }: APIError): number | undefined => {
  const ms = Number(headers?.get('retry-after-ms') ?? NaN);
  const seconds = Number(headers?.get('retry-after') ?? NaN);
  const wait = Number.isFinite(ms) ? ms : seconds * 1000;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), maxWaitMs) : undefined;
};

const isTransient = (status: number | undefined): boolean =>
  // No status: the connection failed or took too long.
  status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;

const unavailable = (error: APIError): StudioError => {
  const wait = waitOf(error);
  const why = error.status === undefined ? 'cannot be reached' : `answered ${error.status}`;
  return new StudioError('unavailable', 'model.overloaded', `the model provider ${why}`, {
    cause: error,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
};

/** What a failed call means to the engine, which is the one that retries. */
export const modelErrorOf = (error: APIError): StudioError => {
  if (isTransient(error.status)) return unavailable(error);
  return new DomainError(
    'model.failed',
    `the model provider answered ${error.status}: ${error.apiMessage ?? 'no reason given'}`,
    { status: error.status },
  );
};
