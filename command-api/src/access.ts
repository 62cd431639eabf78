import {
  StudioError,
  type WorkspaceId,
  type WorkspaceRole,
  workspaceStream,
} from '@studio/contracts';
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

/** The role of a person in a workspace; null for no member. */
export type RoleIn = (userId: string, workspaceId: string) => Promise<WorkspaceRole | null>;

export const createRoleIn =
  (folds: Folds): RoleIn =>
  async (userId, workspaceId) => {
    const stream = workspaceStream(workspaceId as WorkspaceId); // from metadata, where ids are plain text
    const { state } = await folds.load(workspace, stream);
    return roleOf(state, userId);
  };

export const createAccess =
  (roleIn: RoleIn): Access =>
  async (caller, workspaceId, action, notFound) => {
    const role = await roleIn(caller.userId, workspaceId);
    if (role === null) throw notFound();
    if (!mayDo(role, action))
      throw new StudioError('forbidden', 'auth.not_allowed', `Not allowed for a ${role}`);
  };
