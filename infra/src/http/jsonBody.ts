import express, { type RequestHandler } from 'express';

import { invalidRequest } from './parse.ts';

/** `JSON.stringify` and schemas recurse: deeper values would exhaust the stack. */
const deepest = 500;
const [quote, backslash] = [0x22, 0x5c];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** True when brackets outside of strings nest deeper than `limit`. */
export const nestsDeeperThan = (limit: number, json: Uint8Array): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === quote) inString = !inString;
    else if (inString) at += byte === backslash ? 1 : 0;
    else if (opening.has(byte)) depth += 1;
    else if (closing.has(byte)) depth -= 1;
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
    verify: (_request, _response, body) => {
      if (!nestsDeeperThan(deepest, body)) return;
      const msg = `JSON must not nest deeper than ${deepest} levels`;
      throw invalidRequest([{ type: 'json_too_deep', loc: ['body'], msg }]);
    },
  });
