import { el } from './elements.ts';
import { tokensOf } from './jsonText.ts';

/** JSON text with its keys, texts and values in colours of their own. */
export const paintedJson = (json: string): (Node | string)[] =>
  tokensOf(json).map(({ kind, text }) =>
    kind === 'rest' ? text : el('span', { class: `json-${kind}` }, text),
  );
