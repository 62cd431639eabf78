import { nodeKind, ScheduleTriggerConfig } from '@studio/contracts';

/** The planner completes it at once: its output is the run's trigger, the time that was due. */
export const scheduleTrigger = nodeKind({
  kind: 'schedule-trigger',
  major: 1,
  type: 'trigger',
  title: 'Schedule',
  description: 'Starts the published workflow at set times; passes on the time that was due.',
  config: ScheduleTriggerConfig,
  effect: 'none',
  outputs: ['output'],
});
