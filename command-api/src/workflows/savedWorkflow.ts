import { type StreamName, type WorkflowId, workflowStream } from '@studio/contracts';
import {
  isSaved,
  type KindLookup,
  type Loaded,
  type SavedWorkflow,
  type Workflow,
  workflow,
  type WorkspaceAction,
} from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Request } from 'express';

import type { Access } from '../access.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';
import { pathId } from '../requests.ts';
import { workflowNotFound } from './workflowAnswer.ts';

export interface WorkflowParts {
  readonly dependencies: CommandApiDependencies;
  readonly folds: Folds;
  readonly access: Access;
  readonly lookUp: KindLookup;
}

export interface FoundWorkflow {
  readonly workflowId: WorkflowId;
  readonly stream: StreamName;
  readonly known: Loaded<Workflow>;
  readonly saved: SavedWorkflow;
  readonly workspaceId: string;
}

/** Error: `workflow.not_found`, also for a deleted one. */
const workflowOf = async (
  { folds }: WorkflowParts,
  workflowId: WorkflowId,
): Promise<FoundWorkflow> => {
  const stream = workflowStream(workflowId);
  const known = await folds.load(workflow, stream);
  const { state, opened } = known;
  if (!isSaved(state) || !opened) throw workflowNotFound();
  return { workflowId, stream, known, saved: state, workspaceId: opened.workspaceId };
};

const named = (request: Request): WorkflowId => pathId(request, 'workflowId') as WorkflowId; // checked to be one

/** The workflow of that id, for whoever may edit it. Errors: `workflow.not_found`, `auth.not_allowed`. */
export const editableWorkflow = async (
  parts: WorkflowParts,
  workflowId: WorkflowId,
  caller: Caller,
): Promise<FoundWorkflow> => {
  const found = await workflowOf(parts, workflowId);
  await parts.access(caller, found.workspaceId, 'edit_workflows', workflowNotFound);
  return found;
};

/** The one that the path names, for whoever may do this with it. Errors as above. */
export const workflowFor = async (
  parts: WorkflowParts,
  request: Request,
  caller: Caller,
  action: WorkspaceAction,
): Promise<FoundWorkflow> => {
  const found = await workflowOf(parts, named(request));
  await parts.access(caller, found.workspaceId, action, workflowNotFound);
  return found;
};

/** The same for whoever may look at it, which everybody may at a public one. */
export const visibleWorkflow = async (
  parts: WorkflowParts,
  request: Request,
  caller: Caller,
): Promise<FoundWorkflow> => {
  const found = await workflowOf(parts, named(request));
  if (!found.saved.content.isPublic)
    await parts.access(caller, found.workspaceId, 'view_workflows', workflowNotFound);
  return found;
};
