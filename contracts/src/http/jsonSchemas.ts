import { z } from 'zod';

import { type JsonSchema, shownSchema } from './shownAs.ts';

type Draft = Record<string, unknown>;

/** Brings a schema into the form that the document shows. */
const tidy = (zodSchema: z.core.$ZodType, draft: Draft): void => {
  const shown = shownSchema(zodSchema);
  const { description } = draft;
  if (shown) {
    for (const member of Object.keys(draft)) Reflect.deleteProperty(draft, member);
    Object.assign(draft, shown, description === undefined ? {} : { description });
  }
  // A format says the same in a word.
  if (typeof draft['format'] === 'string') delete draft['pattern'];
  // Closed objects would make every new member of an answer a breaking change.
  if (draft['additionalProperties'] === false) delete draft['additionalProperties'];
  delete draft['propertyNames'];
};

const options = (io: 'input' | 'output') => ({
  io,
  target: 'draft-2020-12' as const,
  override: ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Draft }) => {
    tidy(zodSchema, jsonSchema);
  },
});

const refTo = (name: string): string => `#/components/schemas/${name}`;

export interface SchemaBook {
  /** The named schemas, for `components`. */
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** The JSON Schema of one that was given: a reference, if it has a name. */
  of(schema: z.ZodType): JsonSchema;
}

/** Translates schemas together, so that they refer to each other by name. */
export const schemaBook = (
  io: 'input' | 'output',
  named: Readonly<Record<string, z.ZodType>>,
  others: Iterable<z.ZodType>,
): SchemaBook => {
  const registry = z.registry<{ id: string }>();
  const ids = new Map<z.ZodType, string>();
  const add = (schema: z.ZodType, id: string): void => {
    if (ids.has(schema)) return;
    ids.set(schema, id);
    registry.add(schema, { id });
  };
  for (const [name, schema] of Object.entries(named)) add(schema, name);
  for (const schema of others) add(schema, `inline ${ids.size}`);
  const { schemas } = z.toJSONSchema(registry, { ...options(io), uri: refTo });
  const bare = ({ $schema: _, $id: __, ...rest }: Draft): JsonSchema => rest;
  return {
    components: Object.fromEntries(
      Object.keys(named).map((name) => [name, bare(schemas[name] ?? {})]),
    ),
    of: (schema) => {
      const id = ids.get(schema) ?? '';
      return id in named ? { $ref: refTo(id) } : bare(schemas[id] ?? {});
    },
  };
};

export interface DeclaredParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The members of a path or a query as a client writes them. */
export const parametersOf = (schema: z.ZodObject): DeclaredParameter[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, options('input'));
  return Object.entries(properties).map(([name, member]) => ({
    ...{ name, required: required.includes(name) },
    schema: member as JsonSchema, // an object's members are never `true`
  }));
};
