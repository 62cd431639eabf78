import { describe, expect, it } from '@jest/globals';
import { openApiDocument, type Operation, operations, servedPath } from '@studio/contracts';

import { servedRoutes, unnamed } from './servedRoutes.ts';

const each = operations.map((operation): [string, Operation] => [operation.id, operation]);

it('tells of every route that is served, and of no other', () => {
  const told = operations.map((one) => `${one.method} ${unnamed(servedPath(one))}`).sort();
  expect(told).toEqual(servedRoutes());
});

it('names each operation once', () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
});

describe.each(each)('%s', (_id, { path, params, query, body, answers }) => {
  it('describes what its path holds', () => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(params?.shape ?? {}).sort()).toEqual(named.sort());
  });

  it('has an example for all that a request must bring', () => {
    if (body) expect(body.schema.safeParse(body.example)).toMatchObject({ success: true });
    const required = Object.entries({ ...params?.shape, ...query?.shape }).filter(
      ([, schema]) =>
        !(schema as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined)
          .success, // zod types the members of a shape as its core type
    );
    const document = JSON.stringify(openApiDocument({ version: '0' }).paths);
    for (const [name] of required)
      expect(document).toMatch(new RegExp(`"name":"${name}"[^}]*}?[^}]*"example":`));
  });

  it('has examples of answers that are such answers', () => {
    for (const { schema, example } of Object.values(answers))
      if (example !== undefined) expect(schema?.parse(example)).toEqual(example);
  });
});

it('refers to nothing that is not there', () => {
  const document = openApiDocument({ version: '0' });
  const text = JSON.stringify(document);
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = path.split('/').reduce<unknown>(
      (value, key) => Reflect.get(value as object, key), // each step of a path leads to an object
      document,
    );
    expect([path, found]).toEqual([path, expect.anything()]);
  }
});
