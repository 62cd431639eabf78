import type { Documented } from './documented.ts';

/** A request as it goes over the wire; `body` is the text itself. */
export interface Asking {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Texts of the document's examples, and what they stand for here. */
export type Meanings = ReadonlyMap<string, string>;

/** The longest first: an example may begin with another one. */
const meant = (text: string, meanings: Meanings): string =>
  [...meanings]
    .sort(([one], [other]) => other.length - one.length)
    .reduce((result, [example, meaning]) => result.replaceAll(example, meaning), text);

/** The document's own example of an operation, about things that exist. */
export const exampleOf = (operation: Documented, meanings: Meanings): Asking => {
  const { method, parameters, body } = operation;
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: where, required, example } of parameters) {
    if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(example)));
    if (where === 'query' && required) query.set(name, String(example));
  }
  const asked = query.size > 0 ? `${path}?${query.toString()}` : path;
  return {
    ...{ method, path: meant(asked, meanings) },
    headers: body ? { 'content-type': 'application/json' } : {},
    ...(body ? { body: meant(JSON.stringify(body.example), meanings) } : {}),
  };
};

export const ask = async (origin: string, asking: Asking, token?: string): Promise<Told> => {
  const { method, path, headers, body } = asking;
  const answer = await fetch(origin + path, {
    ...{ method, redirect: 'manual' },
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const told: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  return { status: answer.status, headers: answer.headers, body: told };
};
