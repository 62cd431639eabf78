import { DomainError } from '@studio/contracts';
import jsonata from 'jsonata';

import { refuseDoubling } from './doubling.ts';
import { errorOf, failureOf } from './failures.ts';
import { maxExpressionLength, maxSequenceLength } from './limits.ts';
import { LinearRegex } from './linearRegex.ts';
import { eachNode, type SyntaxNode } from './syntaxTree.ts';

export interface CompileLimits {
  readonly timeoutMs: number;
  readonly maxDepth: number;
}

const refuseRegexes = (tree: SyntaxNode): void => {
  for (const node of eachNode(tree)) {
    const { type, value, position } = node;
    if (type !== 'regex' || !(value instanceof RegExp)) continue;
    try {
      new LinearRegex(value);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'not understood';
      throw Object.assign(new SyntaxError(`regular expression /${value.source}/: ${why}`), {
        code: 'S0301',
        position,
      });
    }
  }
};

/** Errors: `expression.invalid`, with the position of the mistake in `extra`. */
export const compile = (expression: string, limits: CompileLimits): jsonata.Expression => {
  if (expression.length > maxExpressionLength)
    throw new DomainError(
      'expression.invalid',
      `an expression has at most ${maxExpressionLength} characters`,
    );
  refuseDoubling(expression);
  try {
    const compiled = jsonata(expression, {
      timeout: limits.timeoutMs,
      stack: limits.maxDepth,
      sequence: maxSequenceLength,
      // JSONata needs `new`, `exec` and `lastIndex` of it, which is what LinearRegex has.
      RegexEngine: LinearRegex as unknown as RegExpConstructor,
    });
    refuseRegexes(syntaxTree(compiled));
    return compiled;
  } catch (error) {
    const failure = failureOf(error);
    throw errorOf({ ...failure, code: 'expression.invalid' });
  }
};

/** JSONata declares less of its tree than there is. */
export const syntaxTree = (compiled: jsonata.Expression): SyntaxNode =>
  compiled.ast() as unknown as SyntaxNode;

/** JSONata calls it after each step with (expression, input, environment, result). */
export const afterEachStep = (
  compiled: jsonata.Expression,
  tell: (...step: unknown[]) => void,
): void => {
  compiled.assign(
    // `assign` is declared for names only, and binds whatever key it is given.
    Symbol.for('jsonata.__evaluate_exit') as unknown as string,
    tell,
  );
};
