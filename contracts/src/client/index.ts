import createFetchClient, { type Client, type ClientOptions } from 'openapi-fetch';

import type { components, paths } from './schema.ts';

export type { components, operations, paths } from './schema.ts';

/** The shape of a thing as the API shows it, by its name in the document: `Shape<'Workflow'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

/** A way to every endpoint, typed by the document: `client.GET('/api/v1/workflows/{workflow_id}', …)`. */
export type StudioClient = Client<paths>;

export interface StudioClientOptions {
  /** Where the studio is, `http://127.0.0.1:8000`. */
  readonly origin: string;
  /** The access token, or how to find the one that counts now; without one only public endpoints answer. */
  readonly token?: string | (() => string | undefined);
  readonly fetch?: NonNullable<ClientOptions['fetch']>;
}

/** Every call resolves with `{data, response}` or, for a refusal, `{error, response}`; it rejects only when no answer comes. */
export const createClient = ({ origin, token, fetch }: StudioClientOptions): StudioClient => {
  const client = createFetchClient<paths>({ baseUrl: origin, ...(fetch ? { fetch } : {}) });
  client.use({
    onRequest: ({ request }) => {
      const current = typeof token === 'function' ? token() : token;
      if (current !== undefined) request.headers.set('Authorization', `Bearer ${current}`);
    },
  });
  return client;
};

/** A refusal as an error: for callers who have no use for it but to stop. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  /** The stable code of the problem document; null when something else answered. */
  readonly code: string | null;

  constructor(status: number, problem: unknown) {
    const members: Readonly<Record<string, unknown>> =
      typeof problem === 'object' && problem !== null ? { ...problem } : {};
    const { code, detail } = members;
    super(`${status} ${typeof detail === 'string' ? detail : JSON.stringify(detail ?? '')}`);
    this.status = status;
    this.code = typeof code === 'string' ? code : null;
  }
}

/** The data of an answer: `await dataOf(client.GET('/api/v1/auth/me'))`. Throws `RefusedError` for a refusal. */
export const dataOf = async <Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> => {
  const { data, error, response } = await answer;
  if (!response.ok) throw new RefusedError(response.status, error);
  return data as Data; // an answer that is no refusal has what the document says
};
