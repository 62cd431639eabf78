import type { HttpAnswer } from '@studio/contracts';

/** Null when the body is larger than `maxBytes`; what is left of it is not read. */
const readBody = async (response: Response, maxBytes: number): Promise<Uint8Array | null> => {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // A fetched body is a stream of bytes; its declaration says less.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const decode = (bytes: Uint8Array, contentType: string): string => {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder().decode(bytes);
  }
};

const parse = (text: string, contentType: string): unknown => {
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // It said JSON and was not: an empty body, or a mistake that the workflow may want to see.
    return text === '' ? null : text;
  }
};

const headersOf = (headers: Headers): Record<string, string> => {
  const collected: Record<string, string> = {};
  headers.forEach((value, name) => {
    // Only `set-cookie` comes more than once.
    collected[name] = name in collected ? `${collected[name] ?? ''}, ${value}` : value;
  });
  return collected;
};

/** Null when the body is larger than `maxBytes`. */
export const readAnswer = async (
  response: Response,
  maxBytes: number,
): Promise<HttpAnswer | null> => {
  const bytes = await readBody(response, maxBytes);
  if (bytes === null) return null;
  const contentType = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    headers: headersOf(response.headers),
    body: parse(decode(bytes, contentType), contentType),
  };
};
