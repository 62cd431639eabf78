import { StudioError, type WorkspaceId, workspaceStream } from '@studio/contracts';
import { mayDo, roleOf, workspace, type WorkspaceAction } from '@studio/domain';
import type { Caller } from '@studio/infra';

import type { Folds } from './folds.ts';

/** Refuses who may not: `notFound` for those who must not know that the thing exists, 403 for members whose role is too low. */
export type Access = (
  caller: Caller,
  workspaceId: string,
  action: WorkspaceAction,
  notFound: () => StudioError,
) => Promise<void>;

export const createAccess =
  (folds: Folds): Access =>
  async (caller, workspaceId, action, notFound) => {
    const stream = workspaceStream(workspaceId as WorkspaceId); // from metadata, where ids are plain text
    const { state } = await folds.load(workspace, stream);
    const role = roleOf(state, caller.userId);
    if (role === null) throw notFound();
    if (!mayDo(role, action))
      throw new StudioError('forbidden', 'auth.not_allowed', `Not allowed for a ${role}`);
  };
