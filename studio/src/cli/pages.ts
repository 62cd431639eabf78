import type { Api } from './api.ts';

/** What a page of a list is asked with, and which part of it says how to go on. */
export interface Paging<Page> {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The parameter that goes on behind a page. */
  readonly cursor: string;
  readonly parse: (answer: unknown) => Page;
  /** Null at the end. */
  readonly nextOf: (page: Page) => string | null;
  readonly sizeOf: (page: Page) => number;
  /** Items at most. */
  readonly limit: number;
  readonly pageSize: number;
}

const pathOf = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, value);
  return `${path}?${search.toString()}`;
};

/** Page after page until there are enough items or no more. */
export async function* pages<Page>(
  api: Pick<Api, 'get'>,
  paging: Paging<Page>,
): AsyncGenerator<Page> {
  const { path, query, cursor, pageSize } = paging;
  let next: string | null = query[cursor] ?? null;
  for (let left = paging.limit; left > 0;) {
    const limit = String(Math.min(left, pageSize));
    const asked = { ...query, ...(next === null ? {} : { [cursor]: next }), limit };
    const page = paging.parse(await api.get(pathOf(path, asked)));
    yield page;
    left -= paging.sizeOf(page);
    next = paging.nextOf(page);
    if (next === null) return;
  }
}
