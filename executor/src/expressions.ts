import { setImmediate } from 'node:timers/promises';

import { compile, syntaxTree } from './expressions/compile.ts';
import { cancelled, errorOf, failureOf } from './expressions/failures.ts';
import { compileHere, evaluateHere, notCheap, smallScopeBytes } from './expressions/inProcess.ts';
import { defaultLimits, type ExpressionLimits } from './expressions/limits.ts';
import { isSmall } from './expressions/plainJson.ts';
import { isPlainSyntax } from './expressions/plainSyntax.ts';
import { recentlyUsed } from './expressions/recentlyUsed.ts';
import { render } from './expressions/render.ts';
import { usedNames } from './expressions/usedNames.ts';
import { createWorkerPool } from './expressions/workerPool.ts';

/** The names that an expression sees, also as variables (`input` and `$input`): a Scope and the extra names of a kind. */
export type Names = object;

/**
 * JSONata, limited in time, depth and size of the result; regular expressions match in linear
 * time. Plain expressions over small values are evaluated in this process, all others in a worker
 * process that is ended when it takes too long. Nothing is ever compiled to JavaScript, and no
 * value that goes in is changed.
 */
export interface Expressions {
  /**
   * The result as plain JSON; nothing is null. Errors: `expression.invalid` (with the position),
   * `expression.failed`, `expression.timeout`, `expression.too_deep`,
   * `expression.result_too_large`, all refused; `effect.cancelled`; `service.unavailable`.
   */
  evaluate(expression: string, names: Names, signal?: AbortSignal): Promise<unknown>;
  /**
   * Settings with every `{{ … }}` filled in: a text that is nothing but one keeps the value's
   * type, in others a value that is no text stands as JSON. Fields called `expression` stay as
   * they are. Errors: as evaluate.
   */
  render(settings: unknown, names: Names, signal?: AbortSignal): Promise<unknown>;
  /** Throws `expression.invalid` with the position of the mistake. */
  check(expression: string): void;
  close(): Promise<void>;
}

export interface ExpressionOptions extends Partial<ExpressionLimits> {
  /** Worker processes at most; default 2. */
  readonly maxWorkers?: number;
}

/** So long the event loop may be kept by one evaluation after another before others get a turn. */
const turnMs = 10;

export const createExpressions = (options: ExpressionOptions = {}): Expressions => {
  const { maxWorkers = 2, ...given } = options;
  const limits: ExpressionLimits = { ...defaultLimits, ...given };
  const pool = createWorkerPool(maxWorkers);
  let busyMs = 0;

  const known = recentlyUsed(1_000, (expression) => {
    const tree = syntaxTree(compile(expression, limits));
    return {
      names: usedNames(tree),
      here: isPlainSyntax(tree) ? compileHere(expression, limits) : null,
    };
  });
  type Known = ReturnType<typeof known>;

  const namesFor = ({ names: used }: Known, names: Names): Record<string, unknown> =>
    Object.fromEntries(
      Object.keys(names)
        .filter((name) => used === 'all' || used.has(name))
        // Only what is used is read: a scope may gather a name when it is asked for.
        .map((name) => [name, Reflect.get(names, name)]),
    );

  const evaluateInTurn = async (
    here: NonNullable<Known['here']>,
    scope: Readonly<Record<string, unknown>>,
  ): Promise<unknown> => {
    if (busyMs > turnMs) {
      busyMs = 0;
      await setImmediate();
    }
    const begun = performance.now();
    try {
      return await evaluateHere(here, scope, limits);
    } finally {
      busyMs += performance.now() - begun;
    }
  };

  const evaluateAway = async (
    expression: string,
    scope: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> => {
    const job = { expression, scope: JSON.stringify(scope), limits };
    return JSON.parse(await pool.run(job, signal));
  };

  const evaluate: Expressions['evaluate'] = async (expression, names, signal) => {
    if (signal?.aborted) throw cancelled(signal.reason);
    const found = known(expression);
    const scope = namesFor(found, names);
    if (!found.here || !isSmall(scope, smallScopeBytes))
      return evaluateAway(expression, scope, signal);
    try {
      return await evaluateInTurn(found.here, scope);
    } catch (error) {
      if (error !== notCheap) throw errorOf(failureOf(error));
      return evaluateAway(expression, scope, signal);
    }
  };

  return {
    evaluate,
    render: (settings, names, signal) =>
      render(settings, (expression) => evaluate(expression, names, signal)),
    check: (expression) => void known(expression),
    close: () => pool.close(),
  };
};
