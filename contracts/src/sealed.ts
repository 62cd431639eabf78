import { z } from 'zod';

/** Whose data key seals a value: the person's, or the run's. */
export type SealedBy = 'user' | 'run';

const marks = z.registry<{ sealedBy?: SealedBy; large?: true }>();

/** Marks a field whose value is encrypted in the log; only the codec at the store's edge sees both sides. */
export const sealed = <Schema extends z.ZodType>(sealedBy: SealedBy, schema: Schema): Schema => {
  const marked = schema.clone();
  marks.add(marked, { sealedBy, large: true });
  return marked;
};

/** Marks a plain field that goes to file storage when it is large (claim check). */
export const large = <Schema extends z.ZodType>(schema: Schema): Schema => {
  const marked = schema.clone();
  marks.add(marked, { large: true });
  return marked;
};

export interface FieldMark {
  /** Keys from the root of `data` down to the field. */
  path: readonly string[];
  sealedBy?: SealedBy;
}

/** The marked fields of an object schema, at any depth of objects (not inside arrays or records). */
export const markedFields = (schema: z.ZodType, path: readonly string[] = []): FieldMark[] => {
  const mark = marks.get(schema);
  if (mark) return [mark.sealedBy ? { path, sealedBy: mark.sealedBy } : { path }];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return markedFields(schema.unwrap() as z.ZodType, path); // zod types the inner schema as its core type
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, field]) =>
    markedFields(field as z.ZodType, [...path, key]),
  ); // zod types a shape's fields as its core type
};

/** A sealed value as it stands in the log and in read models. `text` is base64 of ciphertext ‖ tag; with `ref` the bytes lie in file storage. */
export const Sealed = z.object({
  $sealed: z.object({
    v: z.literal(1),
    key: z.string(),
    iv: z.string(),
    text: z.string().optional(),
    ref: z.string().optional(),
    sha256: z.string().optional(),
    bytes: z.number().int().optional(),
  }),
});
export type Sealed = z.infer<typeof Sealed>;

/** A large plain value that lies in file storage: `ref` is workspace/sha256 of its bytes. */
export const Claim = z.object({
  $claim: z.object({ ref: z.string(), sha256: z.string(), bytes: z.number().int() }),
});
export type Claim = z.infer<typeof Claim>;
