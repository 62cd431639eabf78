import { EventTriggerConfig, nodeKind } from '@studio/contracts';

/** The planner completes it at once: its output is the run's trigger, what ended and how. */
export const eventTrigger = nodeKind({
  kind: 'event-trigger',
  major: 1,
  type: 'trigger',
  title: 'When an execution ends',
  description: "Starts the published workflow when another workflow's execution ends.",
  config: EventTriggerConfig,
  effect: 'none',
  outputs: ['output'],
});
