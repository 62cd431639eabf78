import { expect, it } from '@jest/globals';

import { createClient, dataOf, RefusedError } from './index.ts';

/** A client whose requests are answered here; they are kept to be looked at. */
const clientOf = (status: number, answer: unknown, token?: string | (() => string | undefined)) => {
  const asked: Request[] = [];
  const client = createClient({
    origin: 'http://studio.example',
    ...(token === undefined ? {} : { token }),
    fetch: (request) => {
      asked.push(request);
      return Promise.resolve(Response.json(answer, { status }));
    },
  });
  return { client, asked };
};
const readMe = (client: ReturnType<typeof createClient>) => client.GET('/api/v1/auth/me');

it('asks where the studio is, with the token that counts at that moment', async () => {
  const tokens = ['first', undefined, 'third'];
  const { client, asked } = clientOf(200, {}, () => tokens.shift());
  for (let turn = 0; turn < 3; turn += 1) await readMe(client);
  expect(asked.map(({ url }) => url)).toEqual(
    Array.from({ length: 3 }, () => 'http://studio.example/api/v1/auth/me'),
  );
  expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual([
    ...['Bearer first', null, 'Bearer third'],
  ]);
});

it('fills in paths and repeats what a query holds several times', async () => {
  const { client, asked } = clientOf(200, {}, 'a');
  const path = { workflow_id: 'a/b' };
  await client.GET('/api/v1/workflows/{workflow_id}', { params: { path } });
  await client.GET('/api/v1/workflows', { params: { query: { tags: ['a', 'b'], limit: 5 } } });
  expect(asked.map(({ url }) => new URL(url))).toMatchObject([
    { pathname: '/api/v1/workflows/a%2Fb' },
    { search: '?tags=a&tags=b&limit=5' },
  ]);
});

it('gives the data of an answer', async () => {
  const { client } = clientOf(200, { id: 'ada' });
  expect(await dataOf(readMe(client))).toEqual({ id: 'ada' });
});

it('makes an error of a refusal, with its code', async () => {
  const problem = { status: 401, code: 'auth.missing_token', detail: 'Not authenticated' };
  const refused = dataOf(readMe(clientOf(401, problem).client));
  await expect(refused).rejects.toBeInstanceOf(RefusedError);
  await expect(refused).rejects.toMatchObject({
    ...{ status: 401, code: 'auth.missing_token', message: '401 Not authenticated' },
  });
});

it('makes an error of what no studio answered', async () => {
  const refused = dataOf(readMe(clientOf(502, null).client));
  await expect(refused).rejects.toMatchObject({ status: 502, code: null });
});
