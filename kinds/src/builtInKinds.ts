import { type Effect, type NodeKind, StudioError } from '@studio/contracts';

import { approval } from './approval.ts';
import { claudeAgent } from './claudeAgent.ts';
import { condition } from './condition.ts';
import { delay } from './delay.ts';
import { end } from './end.ts';
import { eventTrigger } from './eventTrigger.ts';
import { fileTrigger } from './fileTrigger.ts';
import { filter } from './filter.ts';
import { forEach } from './forEach.ts';
import { httpRequest } from './httpRequest.ts';
import { manualTrigger } from './manualTrigger.ts';
import { merge } from './merge.ts';
import { noop } from './noop.ts';
import { scheduleTrigger } from './scheduleTrigger.ts';
import { subWorkflow } from './subWorkflow.ts';
import { switchByCase } from './switch.ts';
import { transform } from './transform.ts';
import { tryBody } from './try.ts';
import { waitForEvent } from './waitForEvent.ts';
import { webhookTrigger } from './webhookTrigger.ts';
import { whileLoop } from './while.ts';

// Sound because a kind only ever sees settings that `parseConfig` has put through its own schema.
const listed = <Config>(kind: NodeKind<Config>): NodeKind => kind as NodeKind;

/** Every kind that comes with the studio, all majors, in the order a palette shows them. */
export const builtInKinds: readonly NodeKind[] = [
  listed(manualTrigger),
  listed(webhookTrigger),
  listed(scheduleTrigger),
  listed(eventTrigger),
  listed(fileTrigger),
  listed(claudeAgent),
  listed(condition),
  listed(switchByCase),
  listed(filter),
  listed(merge),
  listed(forEach),
  listed(whileLoop),
  listed(tryBody),
  listed(transform),
  listed(httpRequest),
  listed(delay),
  listed(approval),
  listed(waitForEvent),
  listed(subWorkflow),
  listed(end),
  listed(noop),
];

/** The name that a definition pins: `condition@1`. */
export const kindName = ({ kind, major }: NodeKind): string => `${kind}@${major}`;

/**
 * The settings as the kind wants them, defaults filled in; fields it does not know are left out,
 * because the canvas saves its own beside them. Expects every `{{ … }}` filled in.
 * Errors: `kind.config_invalid` (invalid), naming each wrong path.
 */
export const parseConfig = (kind: NodeKind, config: unknown): unknown => {
  const parsed = kind.config.safeParse(config);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }));
  const listing = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new StudioError('invalid', 'kind.config_invalid', `${kind.kind}: ${listing.join('; ')}`, {
    extra: { kind: kindName(kind), problems },
  });
};

/** What the node may do to the world; `config` as `parseConfig` gave it. */
export const effectOf = (kind: NodeKind, config: unknown): Effect =>
  typeof kind.effect === 'function' ? kind.effect(config) : kind.effect;
