import { z } from 'zod';

import { Instant } from '../envelope.ts';

/** Names that always mean something: the version that triggers use, and the one saved last. */
export const standingAliases = ['published', 'latest'] as const;

/** Lower case, so that two names never differ by that alone; no number, which would read like a version. */
export const AliasName = z
  .string()
  .max(63)
  .regex(/^[a-z][a-z0-9_-]*$/, {
    error: 'A name of lower-case letters, digits, _ and -, that begins with a letter',
  });

const alias = { workflowId: z.string(), alias: z.string() };

/** An alias is its workflow's: these facts stand in the workflow's stream. */
export const aliasEvents = {
  /** From now on the name means this version, as it stands by this fact. */
  WorkflowAliasSet: z.object({
    ...alias,
    version: z.number().int(),
    setBy: z.string(),
    setAt: Instant,
  }),
  WorkflowAliasRemoved: z.object(alias),
} as const;

const Version = z.number().int().min(1).max(999_999_999);

/** PUT /workflows/{id}/aliases/{alias} */
export const SetAliasRequest = z.object({ version: Version });

/** POST /workflows/{id}/rollback */
export const RollBackRequest = z.object({ version: Version });

/** Which version a start takes, where it is not the one saved last. */
export const chosenVersion = {
  version: Version.nullish().describe('Start this version; without it the one saved last.'),
  alias: AliasName.nullish().describe(
    'Start the version that this alias means; `published` is the one that triggers use.',
  ),
};

export const AliasView = z.object({
  workflow_id: z.string(),
  alias: z.string(),
  version: z.number().int(),
  set_by: z.string(),
  set_at: Instant,
});
export type AliasView = z.infer<typeof AliasView>;
