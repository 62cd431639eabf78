import { ApprovalConfig, nodeKind } from '@studio/contracts';

/** People decide; the engine asks them and waits. */
export const approval = nodeKind({
  kind: 'approval',
  major: 1,
  type: 'logic',
  title: 'Approval',
  description: 'Waits until people approve or reject; they may change what is approved.',
  config: ApprovalConfig,
  effect: 'none',
  outputs: ['approved', 'rejected'],
});
