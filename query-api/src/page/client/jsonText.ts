import { visible } from './words.ts';

/** JSON for reading. `isWhole`: nothing was left out. */
export interface JsonText {
  readonly text: string;
  readonly isWhole: boolean;
}

const mostText = 40_000;
const mostString = 1_000;

/** JSON text whose strings hold nothing that cannot be seen: the escapes mean the same to a parser. */
export const wholeJson = (value: unknown): string => visible(JSON.stringify(value, null, 2));

/** The same, long texts cut short. */
export const readableJson = (value: unknown): JsonText => {
  let isWhole = true;
  const cut = (_key: string, member: unknown): unknown => {
    if (typeof member !== 'string' || member.length <= mostString) return member;
    isWhole = false;
    return `${member.slice(0, mostString)}… (${member.length.toLocaleString()} characters)`;
  };
  const text = visible(JSON.stringify(value, cut, 2));
  if (text.length <= mostText) return { text, isWhole };
  return { text: `${text.slice(0, mostText)}\n…`, isWhole: false };
};

export interface Token {
  readonly kind: 'key' | 'text' | 'value' | 'rest';
  readonly text: string;
}

const token = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

/** JSON text in parts, for the eye. All parts together are the text again. */
export const tokensOf = (json: string): Token[] => {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: whole, 1: string, 2: colon, index } of json.matchAll(token)) {
    if (index > end) tokens.push({ kind: 'rest', text: json.slice(end, index) });
    if (string === undefined) tokens.push({ kind: 'value', text: whole });
    else tokens.push({ kind: colon === undefined ? 'text' : 'key', text: whole });
    end = index + whole.length;
  }
  return end < json.length ? [...tokens, { kind: 'rest', text: json.slice(end) }] : tokens;
};
