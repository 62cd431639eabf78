import { FileTriggerConfig, nodeKind } from '@studio/contracts';

/** The planner completes it at once: its output is the run's trigger, the file as it was uploaded. */
export const fileTrigger = nodeKind({
  kind: 'file-trigger',
  major: 1,
  type: 'trigger',
  title: 'File upload',
  description: 'Starts the published workflow when a file is uploaded to it; passes on the file.',
  config: FileTriggerConfig,
  effect: 'none',
  outputs: ['output'],
});
