import { z } from 'zod';

import { instantOf } from '../envelope.ts';
import { count, countOr, farthest, flag } from '../http/queries.ts';
import { shownAs } from '../http/shownAs.ts';
import { streamCategories } from '../streams.ts';
import { Text } from '../text.ts';

const longestName = 300;
const category = z.enum(streamCategories).optional();
const backwards = flag.default(false).describe('Toward the beginning.');

/** An ISO 8601 time, UTC where it has no offset. */
const time = shownAs(
  z.string().transform((text, context) => {
    const instant = instantOf(text);
    if (instant !== null) return instant;
    context.addIssue('Input should be a time such as 2026-01-02T03:04:05Z');
    return z.NEVER;
  }),
  { type: 'string', format: 'date-time' },
);

/** GET /ops/streams */
export const StreamsQuery = z.object({
  category,
  prefix: Text.max(longestName).optional().describe('How the names of the streams begin.'),
  after: Text.max(longestName).optional().describe('The stream behind which to go on.'),
  backwards,
  limit: countOr(100, [1, 100]).describe('How many streams at most.'),
});
export type StreamsQuery = z.infer<typeof StreamsQuery>;

/** GET /ops/streams/{stream} */
export const StreamEventsQuery = z.object({
  from: count(0, farthest)
    .optional()
    .describe('The revision to begin with; without it the first one, or the last if backwards.'),
  backwards,
  limit: countOr(100, [1, 1_000]).describe('How many events at most.'),
});
export type StreamEventsQuery = z.infer<typeof StreamEventsQuery>;

/** GET /ops/events */
export const LogEventsQuery = z.object({
  after: shownAs(z.string(), { type: 'string', pattern: '^[0-9A-Za-z-]{1,100}:[0-9]{1,18}$' })
    .optional()
    .describe('The position behind which to go on, exclusive.'),
  backwards,
  category,
  type: Text.max(100).optional().describe('Type of the events, such as `WorkflowFailed`.'),
  actor: Text.max(100).optional().describe('Who caused them: an id, or a kind such as `executor`.'),
  correlation: Text.max(100).optional().describe('What followed from one request.'),
  from: time.optional().describe('Not before.'),
  to: time.optional().describe('Not after.'),
  limit: countOr(100, [1, 1_000]).describe('How many events at most.'),
});
export type LogEventsQuery = z.infer<typeof LogEventsQuery>;
