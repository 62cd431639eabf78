import { nodeKind, SubWorkflowConfig } from '@studio/contracts';

/** Another workflow's run, started once under an id that follows from the node; the engine waits for its end. */
export const subWorkflow = nodeKind({
  kind: 'sub-workflow',
  major: 1,
  type: 'logic',
  title: 'Sub-workflow',
  description: 'Runs another workflow as an execution of its own, and gives on its output.',
  config: SubWorkflowConfig,
  effect: 'idempotent',
  outputs: ['output'],
});
