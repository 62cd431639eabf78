import type { NodeKind } from '@studio/contracts';
import { z } from 'zod';

import { builtInKinds } from './builtInKinds.ts';
import { configSchemaOf } from './describedKind.ts';
import { ownEffects } from './heldToDeclaration.ts';

const Handle = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,63}$/, { error: 'letters, digits, - and _, such as output' })
  .refine((handle) => handle !== 'error', { error: 'error is an output of every kind already' });

/** Why the settings cannot be drawn as a form, or null. */
const problemOfConfig = (config: unknown): string | null => {
  try {
    const schema = configSchemaOf(config as NodeKind['config']); // what is no schema throws
    return schema['type'] === 'object' ? null : 'a z.object({ … })';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `a z.object({ … }) of what JSON can hold (${reason})`;
  }
};

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** What a file of its own must declare. Messages say what is expected. */
const Declaration = z.object({
  kind: z
    .string()
    .max(64)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, { error: 'lower-case words such as word-count' }),
  major: z.int().min(1),
  type: z.enum(['agent', 'action', 'logic', 'integration', 'mcp']),
  title: z.string().trim().min(1).max(100),
  description: z.string().trim().min(1).max(1_000),
  config: z.unknown().superRefine((config, context) => {
    const problem = problemOfConfig(config);
    if (problem !== null) context.addIssue(problem);
  }),
  effect: z.union([z.enum(ownEffects), z.custom(isFunction)], {
    error: `${ownEffects.join(', ')}, or a function of the settings that says which`,
  }),
  outputs: z
    .array(Handle)
    .min(1)
    .refine((handles) => new Set(handles).size === handles.length, { error: 'each of them once' }),
  run: z.custom(isFunction, { error: 'a function' }),
  region: z.undefined({ error: 'left out: regions are the studio’s own' }).optional(),
});

const builtInNames: ReadonlySet<string> = new Set(builtInKinds.map(({ kind }) => kind));

/** Everything that is wrong with a kind of one's own, one line each; none: it may be used. */
export const checkOwnKind = (kind: unknown): readonly string[] => {
  const parsed = Declaration.safeParse(kind);
  if (!parsed.success)
    return parsed.error.issues.map(
      ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
    );
  return builtInNames.has(parsed.data.kind)
    ? [`kind: ${parsed.data.kind} is a kind of the studio’s own; choose another name`]
    : [];
};
