import { StudioError } from '@studio/contracts';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';

import { nestsDeeperThan } from './jsonBody.ts';
import { invalidRequest } from './parse.ts';

/** Whether the body of what is sent to a path, in lower case, is left to its route. */
type IsLeft = (path: string) => boolean;
const leaving = new WeakMap<Express, readonly IsLeft[]>();

/** What is sent to such paths is left for their routes to read, byte by byte. */
export const leaveBodies = (api: Express, isLeft: IsLeft): void => {
  leaving.set(api, [...(leaving.get(api) ?? []), isLeft]);
};

/** Reads bodies by `reader`, but for those that an API leaves to its routes. */
export const unlessLeft = (apis: readonly Express[], reader: RequestHandler): RequestHandler => {
  const left = apis.flatMap((api) => leaving.get(api) ?? []);
  return (request, response, next) => {
    const path = request.path.toLowerCase(); // routes match in any case
    if (left.some((isLeft) => isLeft(path))) next();
    else void reader(request, response, next);
  };
};

/** Reads a body as it was sent, decompressed. Errors: `request.too_large`, and those of a broken encoding. */
export const bodyReader = (
  maxBytes: number,
): ((request: Request, response: Response) => Promise<Buffer>) => {
  const read: RequestHandler = express.raw({ type: () => true, limit: maxBytes });
  return (request, response) =>
    new Promise((resolve, reject) => {
      const done: NextFunction = (error?: unknown) => {
        const body: unknown = request.body;
        if (error instanceof Error) reject(error);
        else resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0)); // no body at all
      };
      void read(request, response, done);
    });
};

const deepest = 500;
const isJson = /^application\/(?:[\w.+-]+\+)?json$/;

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new StudioError('refused', 'request.rejected', 'A body is JSON or text, in UTF-8', {
      cause,
    });
  }
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const issue = { type: 'json_invalid', loc: ['body'], msg: 'JSON decode error' };
    throw invalidRequest([issue], 'request.malformed_json');
  }
};

/** A body as a value: JSON by its media type, any other as text, null for none. Errors: `request.malformed_json`, `request.invalid`, `request.rejected`. */
export const valueOfBody = (mediaType: string | undefined, bytes: Uint8Array): unknown => {
  if (bytes.length === 0) return null;
  const [type = ''] = (mediaType ?? '').split(';');
  if (!isJson.test(type.trim().toLowerCase())) return textOf(bytes);
  if (nestsDeeperThan(deepest, bytes)) {
    const msg = `JSON must not nest deeper than ${deepest} levels`;
    throw invalidRequest([{ type: 'json_too_deep', loc: ['body'], msg }]);
  }
  return jsonOf(textOf(bytes));
};
