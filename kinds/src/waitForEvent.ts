import { nodeKind, WaitConfig } from '@studio/contracts';

/** Somebody or something outside tells the run to go on; the engine waits. */
export const waitForEvent = nodeKind({
  kind: 'wait-for-event',
  major: 1,
  type: 'logic',
  title: 'Wait for event',
  description: 'Waits for a signal or a callback, and gives on what it brought.',
  config: WaitConfig,
  effect: 'none',
  outputs: ['output', 'timeout'],
});
