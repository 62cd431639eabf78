import type { WorkspaceRole } from '@studio/contracts';

/** What a member of a workspace may be allowed to do. */
export type WorkspaceAction =
  | 'view_workflows'
  | 'edit_workflows'
  | 'delete_workflows'
  | 'execute_workflows'
  | 'erase_runs'
  | 'halt_runs'
  | 'view_analytics'
  | 'manage_members'
  | 'change_settings'
  | 'delete_workspace';

const everyone: readonly WorkspaceRole[] = ['owner', 'administrator', 'editor', 'viewer'];
const makers: readonly WorkspaceRole[] = ['owner', 'administrator', 'editor'];
const keepers: readonly WorkspaceRole[] = ['owner', 'administrator'];

/** The table of roles and rights, with erasure for those who answer for the data. */
const allowed: Readonly<Record<WorkspaceAction, readonly WorkspaceRole[]>> = {
  view_workflows: everyone,
  edit_workflows: makers,
  delete_workflows: makers,
  execute_workflows: makers,
  erase_runs: keepers,
  halt_runs: keepers,
  view_analytics: everyone,
  manage_members: keepers,
  change_settings: keepers,
  delete_workspace: ['owner'],
};

export const mayDo = (role: WorkspaceRole, action: WorkspaceAction): boolean =>
  allowed[action].includes(role);
