import {
  StudioError,
  type WorkspaceId,
  type WorkspaceRole,
  workspaceStream,
} from '@studio/contracts';
import { mayDo, roleOf, type Workspace, workspace, type WorkspaceAction } from '@studio/domain';
import type { Caller } from '@studio/infra';

import type { Folds } from './folds.ts';

/**
 * Refuses who may not: `notFound` for those who must not know that the thing exists, 403 for members whose
 * role is too low. Answers the workspace as it stands.
 */
export type Access = (
  caller: Caller,
  workspaceId: string,
  action: WorkspaceAction,
  notFound: () => StudioError,
) => Promise<Workspace>;

/** The role of a person in a workspace; null for no member. */
export type RoleIn = (userId: string, workspaceId: string) => Promise<WorkspaceRole | null>;

const workspaceIn = async (folds: Folds, workspaceId: string): Promise<Workspace> => {
  const stream = workspaceStream(workspaceId as WorkspaceId); // from metadata, where ids are plain text
  return (await folds.load(workspace, stream)).state;
};

export const createRoleIn =
  (folds: Folds): RoleIn =>
  async (userId, workspaceId) =>
    roleOf(await workspaceIn(folds, workspaceId), userId);

export const createAccess =
  (folds: Folds): Access =>
  async (caller, workspaceId, action, notFound) => {
    const state = await workspaceIn(folds, workspaceId);
    const role = roleOf(state, caller.userId);
    if (role === null) throw notFound();
    if (!mayDo(role, action))
      throw new StudioError('forbidden', 'auth.not_allowed', `Not allowed for a ${role}`);
    return state;
  };
