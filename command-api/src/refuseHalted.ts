import {
  type WorkflowId,
  workflowStream,
  type WorkspaceId,
  workspaceStream,
} from '@studio/contracts';
import { haltIn, isSaved, refuseHalted, workflow, workspace } from '@studio/domain';

import type { Folds } from './folds.ts';

/** Errors: `workflow.halted` and `workspace.halted`, while the kill switch of either is on. */
export const refuseWhileHalted = async (
  folds: Folds,
  workflowId: string,
  workspaceId: string,
): Promise<void> => {
  // From the log and from metadata, where ids are plain text.
  const ofWorkflow = workflowStream(workflowId as WorkflowId);
  const ofWorkspace = workspaceStream(workspaceId as WorkspaceId);
  const [{ state }, around] = await Promise.all([
    folds.load(workflow, ofWorkflow),
    folds.load(workspace, ofWorkspace),
  ]);
  refuseHalted({ halt: isSaved(state) ? state.halt : null }, { halt: haltIn(around.state) });
};
