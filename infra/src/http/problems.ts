import { STATUS_CODES } from 'node:http';

import { type ErrorCode, type ErrorKind, StudioError } from '@studio/contracts';
import { ZodError } from 'zod';

import { isOutOfReach } from '../postgres/outOfReach.ts';
import { invalidRequest } from './parse.ts';

/** An RFC 9457 problem document with the headers that belong to it. `detail` is a list for 422, as FastAPI clients know it. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const statusOfKind: Record<ErrorKind, number> = {
  invalid: 422,
  refused: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  cancelled: 503,
};

/** Where the contract knows better than the kind. */
const statusOfCode: Partial<Record<ErrorCode, number>> = {
  'execution.malformed_id': 400,
  'workflow.version_mismatch': 412,
  'node.not_found': 404,
  'position.unknown': 410,
  'approval.link_used': 410,
  'approval.link_over': 410,
  'request.method_not_allowed': 405,
  'service.failed': 500,
};

const headersOf = (status: number, retryAfterMs = 1_000): Record<string, string> => {
  if (status === 401) return { 'WWW-Authenticate': 'Bearer' };
  if (status === 429 || status === 503)
    return { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) };
  return {};
};

const document = (
  status: number,
  code: ErrorCode,
  detail: unknown,
  extra: Readonly<Record<string, unknown>> = {},
): Problem['body'] => ({
  ...extra,
  ...{ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code },
});

const ofStudioError = (error: StudioError): Problem => {
  const status = statusOfCode[error.code] ?? statusOfKind[error.kind];
  const { issues, ...extra } = error.extra;
  const fallback = [{ type: error.code, loc: ['request'], msg: error.message }];
  const detail = status === 422 ? (issues ?? fallback) : error.message;
  return {
    status,
    headers: headersOf(status, error.retryAfterMs),
    body: document(status, error.code, detail, extra),
  };
};

/** What body-parser and Express throw: an Error with a status and, for bodies, a type. */
interface HttpFault extends Error {
  readonly status: number;
  readonly type?: string;
}
const isHttpFault = (error: unknown): error is HttpFault =>
  error instanceof Error && 'status' in error && typeof error.status === 'number';

const ofHttpFault = ({ status, type }: HttpFault): StudioError => {
  if (type === 'entity.too.large')
    return new StudioError('too_large', 'request.too_large', 'Request body is too large');
  if (type === 'entity.parse.failed')
    return invalidRequest(
      [{ type: 'json_invalid', loc: ['body'], msg: 'JSON decode error' }],
      'request.malformed_json',
    );
  return new StudioError('refused', 'request.rejected', STATUS_CODES[status] ?? 'Bad Request');
};

const unexpected: Problem = {
  status: 500,
  headers: {},
  body: document(500, 'service.failed', 'Internal Server Error'),
};

const outOfReach = new StudioError(
  'unavailable',
  'service.unavailable',
  'The database is out of reach, try again',
);

/** Turns whatever was thrown into a problem document; what is not ours tells nothing of its inside. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof StudioError) return ofStudioError(error);
  if (error instanceof ZodError) return unexpected; // requests go through `parse`: this one is our bug
  if (isOutOfReach(error)) return ofStudioError(outOfReach);
  if (!isHttpFault(error) || error.status < 400 || error.status >= 500) return unexpected;
  const problem = ofStudioError(ofHttpFault(error));
  const { code, detail } = problem.body;
  return code === 'request.rejected'
    ? { ...problem, status: error.status, body: document(error.status, code, detail) }
    : problem;
};
