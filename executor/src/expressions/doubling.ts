import { DomainError } from '@studio/contracts';

import { afterQuoted, bracketStep, isQuote } from './quoted.ts';

/** Characters that JSONata may come to parse when every doubling is done. */
const maxParsed = 1_000_000;

const fits = (expression: string, doublings: number): boolean =>
  expression.length * 2 ** doublings <= maxParsed;

const isDefaultOperator = (text: string, at: number): boolean =>
  text.startsWith('??', at) || text.startsWith('?:', at);

/** True where a `/` can only divide: after a value. Elsewhere it may begin a regular expression or a comment. */
const divides = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return text[at + 1] !== '*' && /[\w)\]"'`]$/.test(before) && !/\b(?:and|or|in)$/.test(before);
};

/** A pair of brackets: whether it holds a `??` or `?:` itself, and how many deep those within it go. */
interface Level {
  doubles: 0 | 1;
  inside: number;
}

const depthOf = ({ doubles, inside }: Level): number => doubles + inside;

const closeLevel = (levels: Level[]): void => {
  const closed = levels.length > 1 ? levels.pop() : undefined;
  const around = levels.at(-1);
  if (closed && around) around.inside = Math.max(around.inside, depthOf(closed));
};

const readBracket = (levels: Level[], step: number): void => {
  if (step > 0) levels.push({ doubles: 0, inside: 0 });
  if (step < 0) closeLevel(levels);
};

/**
 * How many pairs of brackets, one within the other, hold a `??` or `?:`. Infinite when a `/` leaves
 * open where quotes begin.
 */
const nestedDoublings = (text: string): number => {
  const outermost: Level = { doubles: 0, inside: 0 };
  const levels = [outermost];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '/' && !divides(text, at)) return Infinity;
    const level = levels.at(-1);
    if (level && isDefaultOperator(text, at)) level.doubles = 1;
    readBracket(levels, bracketStep(character));
    at = isQuote(character) ? afterQuoted(text, at) : at + 1;
  }
  while (levels.length > 1) closeLevel(levels);
  return depthOf(outermost);
};

/**
 * JSONata's parser copies the left side of `??` and `?:`, so that a few dozen of them, each in the
 * left side of the next, keep it busy for ever. Errors: `expression.invalid`.
 */
export const refuseDoubling = (expression: string): void => {
  const operators = expression.match(/\?[?:]/g)?.length ?? 0;
  if (fits(expression, operators) || fits(expression, nestedDoublings(expression))) return;
  throw new DomainError(
    'expression.invalid',
    'too many ?? or ?: operators within each other, or beside a regular expression or a comment',
  );
};
