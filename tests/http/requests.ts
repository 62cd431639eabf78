import fc from 'fast-check';

import { arbitraryOf, named } from './arbitraries.ts';
import type { Document, Documented, Parameter } from './documented.ts';
import { hostileBodies, hostileText, hostileTypes, spoilt } from './hostile.ts';

/** A request before the ids of examples in it are those of existing things. */
export interface Made {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What is wrong with it; null for one that the document allows. */
  readonly wrong: string | null;
}

type Values = Readonly<Record<string, unknown>>;
type Parts = { path: Values; query: Values; header: Values; body: string | undefined };

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const encoded = (value: unknown): string => encodeURIComponent(asText(value).toWellFormed());

/** Header values of fetch are Latin-1 without line breaks; the rest cannot even be sent. */
const headerText = (value: unknown): string =>
  asText(value)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .trim();

const put = (
  { method, path, body: declared }: Documented,
  { path: segments, query, header, body }: Parts,
  wrong: string | null,
): Made => {
  const filled = Object.entries(segments).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, () => encoded(value) || '%20'),
    path,
  );
  const search = Object.entries(query)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(one)}`),
    )
    .join('&');
  const type = declared && body !== undefined ? { 'content-type': 'application/json' } : {};
  const headers = Object.entries(header).map(([name, value]) => [name, headerText(value)] as const);
  return {
    ...{ method, path: search === '' ? filled : `${filled}?${search}`, wrong },
    headers: { ...type, ...Object.fromEntries(headers) },
    ...(body === undefined ? {} : { body }),
  };
};

/** Stands for a position that an answer told; whoever sends it puts one in. */
export const somePosition = 'a-store:1';

const valueOf = (
  { name, in: where, schema, example }: Parameter,
  { resolve }: Document,
): fc.Arbitrary<unknown> => {
  if (name === 'Studio-Min-Position') return fc.constant(somePosition);
  const made = named(name, arbitraryOf(schema, resolve));
  if (example === undefined || where === 'header') return made;
  return fc.oneof({ weight: 8, arbitrary: fc.constant(example) }, { weight: 1, arbitrary: made });
};

const valuesOf = (
  { parameters }: Documented,
  where: Parameter['in'],
  document: Document,
): fc.Arbitrary<Values> => {
  const some = parameters.filter((parameter) => parameter.in === where);
  const arbitraries = some.map((parameter) => [parameter.name, valueOf(parameter, document)]);
  const requiredKeys = some.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(
    Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<unknown>>, // as it was made above
    { requiredKeys },
  );
};

const bodyOf = ({ body }: Documented, { resolve }: Document) => {
  if (!body) return fc.constant(undefined);
  const made = arbitraryOf(body.schema, resolve).map((value) => JSON.stringify(value));
  return body.required ? made : fc.option(made, { nil: undefined });
};

/** Requests that the document allows. */
const right = (operation: Documented, document: Document): fc.Arbitrary<Parts> =>
  fc.record({
    path: valuesOf(operation, 'path', document),
    query: valuesOf(operation, 'query', document),
    header: fc.oneof(valuesOf(operation, 'header', document), fc.constant({})),
    body: bodyOf(operation, document),
  });

const hostileMember = (names: readonly string[]): fc.Arbitrary<Values> =>
  fc.tuple(fc.constantFrom(...names), hostileText).map(([name, text]) => ({ [name]: text }));

const namesIn = ({ parameters }: Documented, where: Parameter['in']): string[] =>
  parameters.filter((parameter) => parameter.in === where).map(({ name }) => name);

/** Every way in which a request of the operation can be wrong. */
const wrongs = (operation: Documented, document: Document): fc.Arbitrary<Made>[] => {
  const base = right(operation, document);
  const spoil = (wrong: string, change: fc.Arbitrary<(parts: Parts) => Partial<Parts>>) =>
    fc
      .tuple(base, change)
      .map(([parts, apply]) => put(operation, { ...parts, ...apply(parts) }, wrong));
  const inPlace = (where: 'path' | 'query' | 'header') => {
    const names = namesIn(operation, where);
    if (names.length === 0) return [];
    const change = hostileMember(names).map((values) => (parts: Parts) => ({
      [where]: { ...parts[where], ...values },
    }));
    return [spoil(where, change)];
  };
  const strangeQuery = hostileMember(['limit', 'offset', 'nothing', '__proto__', "a' OR 1=1"]);
  const twice = fc.constantFrom(...namesIn(operation, 'query'), 'nothing');
  const always = [
    spoil(
      'strange query',
      strangeQuery.map((values) => ({ query }) => ({ query: { ...query, ...values } })),
    ),
    spoil(
      'query twice',
      twice.map((name) => ({ query }) => ({ query: { ...query, [name]: ['1', "2'"] } })),
    ),
    spoil(
      'authorization',
      fc
        .constantFrom(
          '',
          'Bearer',
          'Bearer x',
          'Basic YTpi',
          'Bearer e30.e30.',
          `Bearer ${'a'.repeat(9_000)}`,
        )
        .map((authorization) => ({ header }) => ({ header: { ...header, authorization } })),
    ),
  ];
  if (!operation.body)
    return [...always, ...inPlace('path'), ...inPlace('query'), ...inPlace('header')];
  const spoiltBody = spoilt(arbitraryOf(operation.body.schema, document.resolve));
  const ofBody = [
    spoil(
      'body',
      spoiltBody.map((value) => () => ({ body: JSON.stringify(value) })),
    ),
    spoil(
      'body',
      spoiltBody.map((value) => () => ({ body: JSON.stringify(value) })),
    ),
    spoil(
      'no JSON',
      fc.constantFrom(...hostileBodies).map((body) => () => ({ body })),
    ),
    spoil(
      'content type',
      fc.constantFrom(...hostileTypes).map((type) => ({ header, body }) => ({
        ...{ header: { ...header, 'content-type': type }, body: body ?? '{}' },
      })),
    ),
  ];
  return [...always, ...inPlace('path'), ...inPlace('query'), ...inPlace('header'), ...ofBody];
};

/** Requests of one operation, two of five as the document allows them. */
export const requestsOf = (operation: Documented, document: Document): fc.Arbitrary<Made> =>
  fc.oneof(
    {
      weight: 2,
      arbitrary: right(operation, document).map((parts) => put(operation, parts, null)),
    },
    { weight: 3, arbitrary: fc.oneof(...wrongs(operation, document)) },
  );

/** The operation's own example, with this query beside what it must have. */
export const withQuery = (operation: Documented, query: Values): Made => {
  const examples = (where: Parameter['in']) =>
    operation.parameters
      .filter((parameter) => parameter.in === where && parameter.required)
      .map(({ name, example }) => [name, example] as const);
  const parts = {
    path: Object.fromEntries(examples('path')),
    query: { ...Object.fromEntries(examples('query')), ...query },
    ...{ header: {}, body: operation.body ? JSON.stringify(operation.body.example) : undefined },
  };
  return put(operation, parts, 'query');
};
