import type { ErrorCode } from '../errors.ts';
import type { AnswerHeader } from './headers.ts';
import type { Operation } from './operation.ts';

/** What the client can do about each status. */
const meanings: Readonly<Record<number, string>> = {
  400: 'A rule refuses it.',
  401: 'Not signed in, or no longer.',
  403: 'Signed in, but not allowed.',
  404: 'It does not exist, or not for the caller.',
  409: 'Somebody else was faster; try again.',
  410: 'The position is of another store, or none yet.',
  412: 'It was changed since the version of If-Match.',
  413: 'The body is too large.',
  415: 'The body has an encoding that is not read.',
  422: 'The request is not valid; `detail` names each mistake.',
  429: 'Too many requests; `Retry-After` says when to come back.',
  500: 'The studio failed; `request_id` finds it in its log.',
  503: 'Something that it needs is out of reach; try again.',
};

const headersOf = (status: number): readonly AnswerHeader[] => {
  if (status === 401) return ['WWW-Authenticate'];
  return status === 429 || status === 503 ? ['Retry-After'] : [];
};

export interface Refusal {
  readonly status: number;
  readonly meaning: string;
  readonly codes: readonly ErrorCode[];
  readonly headers: readonly AnswerHeader[];
}

type Codes = Readonly<Record<number, readonly ErrorCode[]>>;

const everywhere: Codes = { 500: ['service.failed'], 503: ['service.unavailable'] };
const ofBearer: Codes = { 401: ['auth.missing_token', 'auth.invalid_token'] };
const ofParameters: Codes = { 400: ['request.rejected'], 422: ['request.invalid'] };
const ofBody: Codes = {
  ...{ 400: ['request.rejected'], 413: ['request.too_large'], 415: ['request.rejected'] },
  422: ['request.invalid', 'request.malformed_json'],
};
const ofPosition: Codes = { 410: ['position.unknown'], 422: ['position.malformed'] };
const ofIdempotencyKey: Codes = { 422: ['request.invalid'] };

/** What every endpoint of its sort may be refused with. */
const usual = ({ access, params, query, body, headers = [] }: Operation): Codes[] => [
  everywhere,
  ...(access === 'public' ? [] : [ofBearer]),
  ...(params || query ? [ofParameters] : []),
  ...(body ? [ofBody] : []),
  ...(headers.includes('Studio-Min-Position') ? [ofPosition] : []),
  ...(headers.includes('Idempotency-Key') ? [ofIdempotencyKey] : []),
];

/** Every refusal of an operation, by status. */
export const refusalsOf = (operation: Operation): Refusal[] => {
  const codes = new Map<number, Set<ErrorCode>>();
  for (const some of [operation.errors ?? {}, ...usual(operation)])
    for (const [status, list] of Object.entries(some)) {
      const known = codes.get(Number(status)) ?? new Set();
      codes.set(Number(status), new Set([...known, ...list]));
    }
  return [...codes]
    .filter(([status]) => !(status in operation.answers))
    .sort(([a], [b]) => a - b)
    .map(([status, set]) => ({
      ...{ status, meaning: meanings[status] ?? 'Refused.', codes: [...set] },
      headers: headersOf(status),
    }));
};
