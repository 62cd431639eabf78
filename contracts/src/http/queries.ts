import { z } from 'zod';

import { DeadLetterReason, isPeriod, noPeriod, timesSought } from '../execution/deadLetters.ts';
import { LabelFilter, RunTag } from '../execution/runNames.ts';
import { Text, Uuid } from '../text.ts';
import { AgentType } from '../workflow/agents.ts';
import { WorkflowStatus } from '../workflow/events.ts';
import { shownAs } from './shownAs.ts';

const digits = z.string().regex(/^\d{1,15}$/, { error: 'Input should be a whole number' });

/** Numbers in a query string: digits only, so that `1e3`, ` 1` and an empty text are refused. */
export const count = (min: number, max: number) =>
  shownAs(digits.transform(Number).pipe(z.number().min(min).max(max)), {
    ...{ type: 'integer', minimum: min, maximum: max },
  });

export const countOr = (fallback: number, [min, max]: readonly [number, number]) =>
  shownAs(count(min, max).default(fallback), {
    ...{ type: 'integer', minimum: min, maximum: max, default: fallback },
  });

/** As far as lists and histories can be counted. */
export const farthest = 999_999_999_999_999;

const paging = (defaultLimit: number) => ({
  limit: countOr(defaultLimit, [1, 100]).describe('How many items at most.'),
  offset: countOr(0, [0, farthest]).describe('How many items to pass over.'),
});

const oneOrMany = <Item extends z.ZodType>(item: Item, shown: Readonly<Record<string, unknown>>) =>
  shownAs(z.union([item.transform((one) => [one]), z.array(item)]), {
    ...{ type: 'array', items: shown },
  });

export const flag = shownAs(
  z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1'),
  { type: 'boolean' },
);

/** GET /workflows */
export const WorkflowsQuery = z.object({
  ...paging(10),
  query: Text.max(255).optional().describe('Part of the name or the description, in any case.'),
  status: WorkflowStatus.optional(),
  tags: oneOrMany(Text.max(100), { type: 'string', maxLength: 100 })
    .optional()
    .describe('Any of these tags; may be repeated.'),
  is_public: flag.optional(),
});
export type WorkflowsQuery = z.infer<typeof WorkflowsQuery>;

/** GET /workflows/{id}/versions */
export const VersionsQuery = z.object(paging(100));

/** GET /workflows/{id}/versions/{version} */
export const WorkflowVersionPath = z.object({
  version: shownAs(count(1, 999_999_999), {
    ...{ type: 'integer', minimum: 1, maximum: 999_999_999, example: 1 },
  }),
});

/** GET /agents */
export const AgentsQuery = z.object({
  ...paging(100),
  workflow_id: Uuid.optional(),
  agent_type: AgentType.optional(),
});
export type AgentsQuery = z.infer<typeof AgentsQuery>;

const mostNames = 20;
const namesSought = <Item extends z.ZodType<string, string>>(name: Item, maxLength: number) =>
  shownAs(
    oneOrMany(name, {}).refine((names) => names.length <= mostNames, {
      error: `At most ${mostNames} can be looked for at once`,
    }),
    { type: 'array', items: { type: 'string', maxLength }, maxItems: mostNames },
  ).optional();

/** What a run was named when it was started; each that is given must match. */
export const runNamesSought = {
  business_key: Text.min(1).max(255).optional().describe('Exactly this one.'),
  tag: namesSought(RunTag, 100).describe('May be repeated: runs that have each of them.'),
  label: namesSought(LabelFilter, 319).describe(
    'As `key:value`; may be repeated: runs that have each of them.',
  ),
};

export type RunNamesSought = z.infer<z.ZodObject<typeof runNamesSought>>;

/** GET /executions */
export const ExecutionsQuery = z.object({
  ...runNamesSought,
  ...paging(100),
  workflow_id: shownAs(z.string(), { type: 'string', format: 'uuid' }).optional(),
  status: Text.max(50)
    .optional()
    .describe('Not checked against the known ones: an unknown status has no runs.'),
});
export type ExecutionsQuery = z.infer<typeof ExecutionsQuery>;

/** GET /executions/dead-letters */
export const DeadLettersQuery = z
  .object({
    ...paging(100),
    ...runNamesSought,
    workflow_id: Uuid.optional(),
    reason: DeadLetterReason.optional(),
    code: Text.min(1).max(100).optional().describe('What it failed with.'),
    from: timesSought.from.describe('Waiting since then or later.'),
    to: timesSought.to.describe('Waiting since before then.'),
  })
  .refine(isPeriod, noPeriod);
export type DeadLettersQuery = z.infer<typeof DeadLettersQuery>;

/** GET /approvals */
export const ApprovalsQuery = z.object(paging(100));
export type ApprovalsQuery = z.infer<typeof ApprovalsQuery>;

/** GET /executions/{id}/events */
export const FactsQuery = z.object({
  from: countOr(0, [0, farthest]).describe('The revision to begin with.'),
  limit: countOr(100, [1, 1_000]).describe('How many facts at most.'),
});

/** GET /executions/{id}/replay */
export const ReplayQuery = z.object({
  at: count(0, farthest).optional().describe('The revision to fold up to; without it the last.'),
});
