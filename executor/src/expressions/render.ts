import { DomainError } from '@studio/contracts';

import { parseTemplate } from './template.ts';

type Evaluate = (expression: string) => Promise<unknown>;

const maxDepth = 200;

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const renderText = async (text: string, evaluate: Evaluate): Promise<unknown> => {
  if (!text.includes('{{')) return text;
  const [first, ...others] = parseTemplate(text);
  if (first && 'expression' in first && others.length === 0) return evaluate(first.expression);
  let rendered = '';
  for (const part of first ? [first, ...others] : [])
    rendered += 'text' in part ? part.text : asText(await evaluate(part.expression));
  return rendered;
};

const renderObject = async (value: object, evaluate: Evaluate, depth: number): Promise<unknown> => {
  const entries: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value))
    // A field of this name is the kind's to evaluate.
    entries.push([key, key === 'expression' ? member : await render(member, evaluate, depth + 1)]);
  return Object.fromEntries(entries);
};

/** True when there may be something to fill in. */
export const hasTemplates = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return value.includes('{{');
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= maxDepth) return true; // which render refuses
  return Object.entries(value).some(
    ([key, member]) => key !== 'expression' && hasTemplates(member, depth + 1),
  );
};

/** Fills in every `{{ … }}` of a settings value, in order; keys stay as they are. Errors: those of expressions. */
export const render = async (value: unknown, evaluate: Evaluate, depth = 0): Promise<unknown> => {
  if (typeof value === 'string') return renderText(value, evaluate);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth)
    throw new DomainError('expression.too_deep', `settings are nested at most ${maxDepth} deep`);
  if (!Array.isArray(value)) return renderObject(value, evaluate, depth);
  const rendered: unknown[] = [];
  for (const item of value as readonly unknown[])
    rendered.push(await render(item, evaluate, depth + 1));
  return rendered;
};
