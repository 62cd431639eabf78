import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

const shown = z.registry<{ readonly schema: JsonSchema }>();

/** Says how a schema looks in the document where the derived one would mislead: what a query string holds as text is shown as the number that it means. */
export const shownAs = <Schema extends z.ZodType>(schema: Schema, json: JsonSchema): Schema => {
  shown.add(schema, { schema: json });
  return schema;
};

export const shownSchema = (schema: z.core.$ZodType): JsonSchema | undefined =>
  shown.get(schema)?.schema;
