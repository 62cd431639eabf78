/** The index after a quoted run (`"…"`, `'…'` or a backticked name) that begins at `at`; the text's end when nothing closes it. */
export const afterQuoted = (text: string, at: number): number => {
  const quote = text[at];
  for (let n = at + 1; n < text.length; n += 1) {
    if (text[n] === '\\' && quote !== '`') n += 1;
    else if (text[n] === quote) return n + 1;
  }
  return text.length;
};

export const isQuote = (character: string): boolean =>
  character === '"' || character === "'" || character === '`';

const steps: Readonly<Record<string, number>> = {
  '{': 1,
  '[': 1,
  '(': 1,
  '}': -1,
  ']': -1,
  ')': -1,
};

/** How a character changes the depth of brackets: 1, -1 or 0. */
export const bracketStep = (character: string): number => steps[character] ?? 0;
