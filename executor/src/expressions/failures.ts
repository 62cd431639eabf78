import { DomainError, type ErrorCode, StudioError } from '@studio/contracts';

/** What a worker tells of a failure; also the form in which JSONata's own errors are read. */
export interface ExpressionFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly position?: number;
}

const byJsonataCode: Readonly<Record<string, ErrorCode>> = {
  D1011: 'expression.too_deep',
  D1012: 'expression.timeout',
  D2014: 'expression.result_too_large',
  D2015: 'expression.result_too_large',
};

const member = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

const codeOf = (error: unknown): ErrorCode => {
  if (error instanceof RangeError)
    return /call stack/i.test(error.message)
      ? 'expression.too_deep'
      : 'expression.result_too_large';
  const code = String(member(error, 'code'));
  return byJsonataCode[code] ?? (code.startsWith('S') ? 'expression.invalid' : 'expression.failed');
};

const messages: Partial<Record<ErrorCode, string>> = {
  'expression.too_deep': 'the expression is nested too deep, or calls itself without an end',
  'expression.timeout': 'the expression took too long',
  'expression.result_too_large': 'the expression makes too large a value',
};

/** Reads whatever JSONata threw: it throws plain objects as well as errors. */
export const failureOf = (error: unknown): ExpressionFailure => {
  const position = member(error, 'position');
  const place = typeof position === 'number' ? { position } : {};
  if (error instanceof StudioError) return { code: error.code, message: error.message };
  const code = codeOf(error);
  const told = member(error, 'message');
  const message = messages[code] ?? (typeof told === 'string' ? told : 'the expression failed');
  return { code, message, ...place };
};

export const errorOf = ({ code, message, position }: ExpressionFailure): DomainError =>
  new DomainError(code, message, position === undefined ? {} : { position });

export const cancelled = (cause: unknown): StudioError =>
  new StudioError('cancelled', 'effect.cancelled', 'the evaluation was called off', { cause });
