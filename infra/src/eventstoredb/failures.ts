import { StudioError } from '@studio/contracts';

import { logUnavailable } from '../eventstore/unavailable.ts';

/** What a failure of the server, or of the way to it, says about the request that met it. */
export type Verdict =
  /** The request never reached the server, or was turned away unread: nothing has come of it. */
  | 'not_taken'
  /** It may have been carried out, or may be yet. */
  | 'unknown'
  /** The stream was deleted under us. */
  | 'deleted'
  /** The user may not, or is none. */
  | 'denied'
  /** No event has the position. */
  | 'no_such_position'
  /** Trying again would meet the same. */
  | 'broken';

/** A failure that the adapter itself has seen and judged. */
export class ServerFailure extends Error {
  override readonly name = 'ServerFailure';
  readonly verdict: Verdict;
  constructor(verdict: Verdict, message: string, cause?: unknown) {
    super(message, { cause });
    this.verdict = verdict;
  }
}

/** Codes of gRPC, by number. */
const codes: Readonly<Record<number, Verdict>> = {
  1: 'unknown', // cancelled
  2: 'unknown', // unknown: what the server throws while it starts or stops, too
  4: 'unknown', // deadline exceeded
  7: 'denied',
  8: 'broken', // resource exhausted: a message too large
  10: 'unknown', // aborted: a consumer too slow
  13: 'unknown', // internal: the HTTP/2 stream was reset
  14: 'unknown', // unavailable
  16: 'denied',
};

/** What the server names in the trailers. */
const exceptions: Readonly<Record<string, Verdict>> = {
  'stream-deleted': 'deleted',
  'access-denied': 'denied',
  'not-leader': 'not_taken',
};

const neverSent =
  /No connection established|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|Failed to discover|certificate|wrong version number|Name resolution failed/;
const noSuchPosition = /Unexpected ReadAllResult/;

interface GrpcError extends Error {
  readonly code: number;
  readonly details?: string;
  readonly metadata?: { get(name: string): readonly unknown[] };
}

const isGrpcError = (error: unknown): error is GrpcError =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

const verdictOfCall = (error: GrpcError): Verdict => {
  if (noSuchPosition.test(error.message)) return 'no_such_position';
  const [exception] = error.metadata?.get('exception') ?? [];
  const named = typeof exception === 'string' ? exceptions[exception] : undefined;
  return named ?? codes[error.code] ?? 'broken';
};

/** Classes do not tell (the same failure comes as several), so codes, trailers and messages must. */
export const verdictOf = (error: unknown): Verdict => {
  if (error instanceof ServerFailure) return error.verdict;
  if (error instanceof StudioError) return error.code === 'log.unavailable' ? 'unknown' : 'broken';
  if (error instanceof Error && neverSent.test(error.message)) return 'not_taken';
  return isGrpcError(error) ? verdictOfCall(error) : 'broken';
};

export const mayPass = (verdict: Verdict): boolean =>
  verdict === 'unknown' || verdict === 'not_taken';

export const corrupt = (message: string, cause?: unknown): StudioError =>
  new StudioError('unavailable', 'log.corrupt', message, { cause });

export const deletedUnderUs = (stream: string, cause?: unknown): StudioError =>
  corrupt(`${stream} was deleted or truncated on the server`, cause);

const accessDenied = (cause: unknown): StudioError =>
  new StudioError('unavailable', 'log.unavailable', 'the server refuses the user, or wants one', {
    cause,
  });

/** A failure as callers of the port know it; one of our own making, or the server's, stays as it is. */
export const asPortError = (error: unknown, stream: string): unknown => {
  if (error instanceof StudioError) return error;
  const verdict = verdictOf(error);
  if (verdict === 'deleted') return deletedUnderUs(stream, error);
  if (verdict === 'denied') return accessDenied(error);
  return mayPass(verdict) ? logUnavailable(error) : error;
};
