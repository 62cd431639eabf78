/** The texts between `{{` and `}}`. */
const templatesIn = (text: string): string[] => {
  const found: string[] = [];
  for (let open = text.indexOf('{{'); open >= 0;) {
    const close = text.indexOf('}}', open + 2);
    if (close < 0) break;
    found.push(text.slice(open + 2, close));
    open = text.indexOf('{{', close + 2);
  }
  return found;
};

/**
 * Every expression in a node's settings: a field called `expression` as it stands, and what stands
 * between double braces in every other string.
 */
export const expressionsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return templatesIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]: [string, unknown]) =>
    field === 'expression' && typeof inner === 'string' ? [inner] : expressionsIn(inner),
  );
};
