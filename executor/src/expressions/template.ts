import { DomainError } from '@studio/contracts';

import { afterQuoted, bracketStep, isQuote } from './quoted.ts';

/** A text cut at its `{{ … }}`. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/** The index of the `}}` that closes an expression begun at `from`: outside of quotes and brackets; -1 without one. */
const closingOf = (text: string, from: number): number => {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (depth === 0 && text.startsWith('}}', at)) return at;
    depth += bracketStep(character);
    at = isQuote(character) ? afterQuoted(text, at) : at + 1;
  }
  return -1;
};

/** Errors: `expression.invalid` when a `{{` has no `}}`. A literal one is written `{{ "{{" }}`. */
export const parseTemplate = (text: string): readonly TemplatePart[] => {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    if (start < 0) break;
    const end = closingOf(text, start + 2);
    if (end < 0)
      throw new DomainError('expression.invalid', 'a {{ has no matching }}', { position: start });
    if (start > at) parts.push({ text: text.slice(at, start) });
    parts.push({ expression: text.slice(start + 2, end).trim() });
    at = end + 2;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
};
