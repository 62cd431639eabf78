import express, { type RequestHandler } from 'express';

import { invalidRequest } from './parse.ts';

/** `JSON.stringify` and schemas recurse: deeper values would exhaust the stack. */
const deepest = 500;
const [quote, backslash] = [0x22, 0x5c];
/** What each byte does to the depth: brackets and braces open and close. */
const change = new Int8Array(256);
for (const bracket of '[{') change[bracket.charCodeAt(0)] = 1;
for (const bracket of ']}') change[bracket.charCodeAt(0)] = -1;

/** True when brackets outside of strings nest deeper than `limit`. */
export const nestsDeeperThan = (limit: number, json: Uint8Array): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === quote) inString = !inString;
    else if (inString) at += byte === backslash ? 1 : 0;
    else depth += change[byte] ?? 0;
    if (depth > limit) return true;
  }
  return false;
};

/** Parses JSON bodies of at most `maxBytes`. Any JSON value passes: the route's schema judges it. */
export const jsonBody = (maxBytes: number): RequestHandler =>
  express.json({
    limit: maxBytes,
    strict: false,
    type: ['application/json', 'application/*+json'],
    verify: (_request, _response, body, charset) => {
      // JSON is UTF-8 (RFC 8259, 8.1); in other encodings a bracket is not the byte that is counted here.
      if (charset !== 'utf-8') throw Object.assign(new Error(), { status: 415 });
      if (!nestsDeeperThan(deepest, body)) return;
      const msg = `JSON must not nest deeper than ${deepest} levels`;
      throw invalidRequest([{ type: 'json_too_deep', loc: ['body'], msg }]);
    },
  });
