import type { ErrorCode } from '../errors.ts';
import { type AnswerHeader, quotaHeaders } from './headers.ts';
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
  if (status === 429) return ['Retry-After', ...quotaHeaders];
  return status === 503 ? ['Retry-After'] : [];
};

export interface Refusal {
  readonly status: number;
  readonly meaning: string;
  readonly codes: readonly ErrorCode[];
  readonly headers: readonly AnswerHeader[];
}

/** Refusals that are the same wherever they occur stand in `components`, by these names. */
const shared: Readonly<
  Record<number, { readonly name: string; readonly codes: readonly ErrorCode[] }>
> = {
  401: { name: 'Unauthenticated', codes: ['auth.missing_token', 'auth.invalid_token'] },
  403: { name: 'NotAllowed', codes: ['auth.not_allowed'] },
  410: { name: 'UnknownPosition', codes: ['position.unknown'] },
  412: { name: 'Outdated', codes: ['workflow.version_mismatch'] },
  413: { name: 'TooLarge', codes: ['request.too_large'] },
  415: { name: 'UnreadableEncoding', codes: ['request.rejected'] },
  429: { name: 'TooManyRequests', codes: ['request.rate_limited'] },
  500: { name: 'Failed', codes: ['service.failed'] },
  503: { name: 'Unavailable', codes: ['service.unavailable'] },
};

/** The name of a refusal in `components`; null for one that is the operation's own. */
export const sharedName = ({ status, codes }: Pick<Refusal, 'status' | 'codes'>): string | null => {
  const usual = shared[status];
  return usual && usual.codes.join() === codes.join() ? usual.name : null;
};

const refusal = (status: number, codes: readonly ErrorCode[]): Refusal => ({
  ...{ status, meaning: meanings[status] ?? 'Refused.', codes },
  headers: headersOf(status),
});

export const sharedRefusals = (): ReadonlyMap<string, Refusal> =>
  new Map(
    Object.entries(shared).map(([status, { name, codes }]) => [
      name,
      refusal(Number(status), codes),
    ]),
  );

type Codes = Readonly<Record<number, readonly ErrorCode[]>>;

const everywhere: Codes = { 500: ['service.failed'], 503: ['service.unavailable'] };
const ofBearer: Codes = {
  401: ['auth.missing_token', 'auth.invalid_token'],
  429: ['request.rate_limited'],
};
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
    .map(([status, set]) => refusal(status, [...set]));
};
