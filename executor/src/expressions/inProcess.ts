import type jsonata from 'jsonata';

import { afterEachStep, compile } from './compile.ts';
import type { ExpressionLimits } from './limits.ts';
import { plainJson } from './plainJson.ts';

/** Scopes up to this size (about, as JSON) are small. */
export const smallScopeBytes = 16 * 1024;
/** Longer than this the event loop is not kept from other work; the worker then starts afresh. */
const timeoutMs = 50;
const maxTextLength = 256 * 1024;

/** Thrown when a plain expression turns out not to be cheap after all. */
export const notCheap = new Error('not cheap');

const refuseLongText = (...[, , , result]: unknown[]): void => {
  if (typeof result === 'string' && result.length > maxTextLength) throw notCheap;
};

/** Compiles a plain expression for this process. */
export const compileHere = (expression: string, { maxDepth }: ExpressionLimits) => {
  const compiled = compile(expression, { timeoutMs, maxDepth });
  afterEachStep(compiled, refuseLongText);
  return compiled;
};

const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'D1012';

/** Errors: `notCheap`, or what JSONata throws. */
export const evaluateHere = async (
  compiled: jsonata.Expression,
  scope: Readonly<Record<string, unknown>>,
  limits: ExpressionLimits,
): Promise<unknown> => {
  try {
    return plainJson(await compiled.evaluate(scope, scope), limits);
  } catch (error) {
    throw isTimeout(error) ? notCheap : error;
  }
};
