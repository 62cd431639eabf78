import { StudioError } from '@studio/contracts';
import type { Caller } from '@studio/infra';

import {
  editableWorkflow,
  type FoundWorkflow,
  type WorkflowParts,
} from '../workflows/savedWorkflow.ts';

export const agentNotFound = (): StudioError =>
  new StudioError('not_found', 'agent.not_found', 'Agent not found or access denied');

/** The workflow of an agent, for whoever may edit it. Errors: `agent.not_found`, `auth.not_allowed`. */
export const workflowOfAgent = async (
  parts: WorkflowParts,
  agentId: string,
  caller: Caller,
): Promise<FoundWorkflow> => {
  const workflowId = await parts.dependencies.findAgent(agentId);
  if (workflowId === null) throw agentNotFound();
  return editableWorkflow(parts, workflowId, caller).catch((error: unknown) => {
    const isHidden = error instanceof StudioError && error.code === 'workflow.not_found';
    throw isHidden ? agentNotFound() : error;
  });
};
