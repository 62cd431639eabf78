/** What the caller can do about an error; one HTTP status each (style.md, 'Errors say what happens next'). */
export type ErrorKind =
  | 'invalid'
  | 'refused'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'
  | 'cancelled';

/** Stable codes: clients and handlers check these, never messages. */
export const errorCodes = [
  'append.conflict',
  'append.empty',
  'append.too_large',
  'append.outcome_unknown',
  'log.corrupt',
  'log.unavailable',
  'stream.not_found',
  'event.not_found',
  'position.unknown',
  'position.malformed',
  'request.invalid',
  'request.too_large',
  'request.malformed_json',
  'request.idempotency_key_reused',
  'request.route_unknown',
  'request.method_not_allowed',
  'request.origin_not_allowed',
  'request.rejected',
  'request.rate_limited',
  'auth.missing_token',
  'auth.invalid_token',
  'auth.invalid_code',
  'auth.expired_code',
  'auth.invalid_refresh_token',
  'auth.inactive_user',
  'auth.rate_limited',
  'auth.not_allowed',
  'mail.failed',
  'workspace.not_found',
  'workspace.halted',
  'workflow.not_found',
  'workflow.invalid_structure',
  'workflow.validation_failed',
  'workflow.unknown_kind',
  'workflow.version_mismatch',
  'workflow.version_not_found',
  'workflow.alias_not_found',
  'workflow.too_many_aliases',
  'workflow.not_published',
  'workflow.halted',
  'schedule.invalid',
  'trigger.invalid',
  'trigger.not_found',
  'file.type_not_taken',
  'webhook.not_found',
  'webhook.signature_invalid',
  'webhook.timestamp_out_of_window',
  'webhook.not_published',
  'webhook.no_trigger',
  'webhook.rate_limited',
  'agent.not_found',
  'agent.invalid',
  'execution.malformed_id',
  'execution.not_found',
  'execution.not_cancellable',
  'execution.not_pausable',
  'execution.not_resumable',
  'execution.halted',
  'execution.not_retryable',
  'execution.not_migratable',
  'execution.not_rerunnable',
  'execution.not_rewindable',
  'execution.already_redriven',
  'execution.not_ended',
  'execution.erased',
  'execution.place_taken',
  'execution.revision_unknown',
  'node.not_found',
  'node.not_in_doubt',
  'node.not_skippable',
  'node.not_rewindable',
  'node.handle_unknown',
  'node.outcome_unknown',
  'node.failed_by_person',
  'node.timeout',
  'node.heartbeat_timeout',
  'run.deadline_exceeded',
  'signal.run_ended',
  'signal.too_many',
  'callback.not_found',
  'callback.used',
  'callback.expired',
  'callback.rate_limited',
  'approval.not_found',
  'approval.not_assigned',
  'approval.answered',
  'approval.not_pending',
  'approval.not_editable',
  'approval.changed',
  'approval.expired',
  'approval.link_used',
  'approval.link_over',
  'loop.not_a_list',
  'loop.too_many_iterations',
  'loop.bound_reached',
  'expression.invalid',
  'child.failed',
  'child.cancelled',
  'child.erased',
  'run.too_deep',
  'expression.failed',
  'expression.timeout',
  'expression.too_deep',
  'expression.result_too_large',
  'kind.config_invalid',
  'kind.outside_declaration',
  'http.failed',
  'http.status',
  'http.timeout',
  'model.failed',
  'model.overloaded',
  'effect.lease_lost',
  'effect.cancelled',
  'config.invalid',
  'service.unavailable',
  'service.failed',
  'database.unsuitable',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorDetails {
  /** The milliseconds after which another try makes sense. */
  retryAfterMs?: number;
  cause?: unknown;
  /** Members that a problem document may show. Never secrets, never payloads. */
  extra?: Readonly<Record<string, unknown>>;
}

/** Every error that we throw on purpose. */
export class StudioError extends Error {
  override readonly name: string = 'StudioError';
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(kind: ErrorKind, code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
    this.extra = details.extra ?? {};
  }
}

/** A command that a business rule refuses. */
export class DomainError extends StudioError {
  override readonly name = 'DomainError';
  constructor(
    code: ErrorCode,
    message: string = code,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super('refused', code, message, { extra });
  }
}

/** An append lost its race: someone else moved the stream's head. */
export class ConflictError extends StudioError {
  override readonly name = 'ConflictError';
  readonly stream: string;
  /** The revision that the caller expected to be the last; -1 for 'no_stream'. */
  readonly expected: number;
  /** The revision that is the last; -1 when the stream does not exist. */
  readonly actual: number;
  constructor(stream: string, expected: number, actual: number) {
    super('conflict', 'append.conflict', `${stream} is at revision ${actual}, not ${expected}`, {
      extra: { stream, expected, actual },
    });
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}
