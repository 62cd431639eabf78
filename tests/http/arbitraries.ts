import { exampleIds } from '@studio/contracts';
import fc from 'fast-check';

import type { Schema } from './documented.ts';

type Resolve = (schema: Schema) => Schema;

/** Ids are those of the examples, so that whoever sends them may put in things that exist. */
const uuid = fc.oneof(fc.constantFrom(...Object.values(exampleIds)), fc.uuid());

/** What a member of this name most likely is. */
const fitting: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  workflow_id: fc.constant(exampleIds.workflow),
  workspace_id: fc.constant(exampleIds.workspace),
  sub_agents: fc.constant([exampleIds.agent]),
};

/** The arbitrary of a named member: mostly what the name promises. */
export const named = (name: string, made: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
  const known = fitting[name];
  return known ? fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: made }) : made;
};

const formats: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  uuid,
  email: fc.integer({ min: 0, max: 9 }).map((n) => `person${n}@example.org`),
  'date-time': fc
    .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
};

const longest = 60;

const text = ({ format, pattern, minLength = 0, maxLength = longest }: Schema) => {
  const known = formats[format ?? ''];
  if (known) return known;
  // The document's own text: any without NUL.
  const isFree = pattern === undefined || pattern === String.raw`^[^\u0000]*$`;
  if (!isFree) return fc.stringMatching(new RegExp(pattern));
  const bounds = { minLength, maxLength: Math.min(maxLength, minLength + longest) };
  return fc
    .string({ ...bounds, unit: 'grapheme' })
    .filter((made) => made.length <= maxLength && made.isWellFormed() && !made.includes('\0'));
};

const number = ({ type, minimum = -1_000_000, maximum = 1_000_000 }: Schema) =>
  type === 'integer'
    ? fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) })
    : fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true });

const mostItems = 4;

const list = (schema: Schema, resolve: Resolve, depth: number) => {
  const { items = {}, minItems = 0, maxItems = mostItems } = schema;
  const bounds = {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, mostItems)),
  };
  return fc.array(arbitraryOf(items, resolve, depth + 1), bounds);
};

const object = (schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties } = schema;
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, member = {}]) => [
      name,
      named(name, arbitraryOf(member, resolve, depth + 1)),
    ]),
  );
  const known = fc.record(members, { requiredKeys: [...required] });
  if (typeof additionalProperties !== 'object') return known;
  const more = fc.dictionary(
    fc.string({ maxLength: 20 }),
    arbitraryOf(additionalProperties, resolve, depth + 1),
    { maxKeys: 3 },
  );
  return fc.tuple(more, known).map(([some, named]) => ({ ...some, ...(named as object) })); // a record is one
};

const anything = fc.jsonValue({ maxDepth: 2 });

const typed = (schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> => {
  const makers: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
    string: () => text(schema),
    integer: () => number(schema),
    number: () => number(schema),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
    array: () => list(schema, resolve, depth),
    object: () => object(schema, resolve, depth),
  };
  return makers[schema.type ?? '']?.() ?? anything;
};

/** Values that a schema of the document allows; what it says nothing of is any JSON. */
export const arbitraryOf = (given: Schema, resolve: Resolve, depth = 0): fc.Arbitrary<unknown> => {
  const schema = resolve(given);
  if (depth > 12) return fc.constant(null);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, resolve, depth + 1)));
  return typed(schema, resolve, depth);
};
