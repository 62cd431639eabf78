import { StudioError, type WorkspaceId, workspaceStream } from '@studio/contracts';
import { workspace, type WorkspaceAction } from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Request } from 'express';

import type { Access } from './access.ts';
import type { Folds } from './folds.ts';
import { pathId } from './requests.ts';

export interface WorkspaceParts {
  readonly folds: Folds;
  readonly access: Access;
}

const workspaceNotFound = (): StudioError =>
  new StudioError('not_found', 'workspace.not_found', 'Workspace not found or access denied');

/** The workspace of a path, for someone who may do this there. Errors: `workspace.not_found`, `auth.not_allowed`. */
export const workspaceFor = async (
  { folds, access }: WorkspaceParts,
  request: Request,
  caller: Caller,
  action: WorkspaceAction,
) => {
  const workspaceId = pathId(request, 'workspaceId') as WorkspaceId; // checked to be one
  await access(caller, workspaceId, action, workspaceNotFound);
  const stream = workspaceStream(workspaceId);
  return { workspaceId, stream, known: await folds.load(workspace, stream) };
};
