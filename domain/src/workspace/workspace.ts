import { DomainError, type WorkspaceEvent, type WorkspaceRole } from '@studio/contracts';

import type { Decider } from '../decider.ts';

/** Who works together: every workflow and run belongs to one workspace. */
export type Workspace =
  | { readonly status: 'absent' }
  | {
      readonly status: 'open';
      readonly workspaceId: string;
      readonly members: ReadonlyMap<string, WorkspaceRole>;
    };

export type WorkspaceCommand =
  /** The creator becomes its owner. */
  | {
      type: 'CreateWorkspace';
      data: { workspaceId: string; ownerId: string; name: string; personal: boolean };
    }
  | { type: 'AddMember'; data: { workspaceId: string; userId: string; role: WorkspaceRole } };

const initialState = (): Workspace => ({ status: 'absent' });

const decide = ({ type, data }: WorkspaceCommand, state: Workspace): WorkspaceEvent[] => {
  switch (type) {
    case 'CreateWorkspace': {
      if (state.status === 'open') return [];
      const { workspaceId, ownerId } = data;
      return [
        { type: 'WorkspaceCreated', data },
        { type: 'MemberAdded', data: { workspaceId, userId: ownerId, role: 'owner' } },
      ];
    }
    case 'AddMember':
      if (state.status === 'absent')
        throw new DomainError('workspace.not_found', 'Workspace not found');
      return state.members.has(data.userId) ? [] : [{ type: 'MemberAdded', data }];
  }
};

const evolve = (state: Workspace, { type, data }: WorkspaceEvent): Workspace => {
  const members = state.status === 'open' ? state.members : new Map<string, WorkspaceRole>();
  const { workspaceId } = data;
  switch (type) {
    case 'WorkspaceCreated':
      return { status: 'open', workspaceId, members };
    case 'MemberAdded':
      return {
        ...{ status: 'open', workspaceId },
        members: new Map(members).set(data.userId, data.role),
      };
  }
};

export const workspace: Decider<Workspace, WorkspaceCommand, WorkspaceEvent> = {
  ...{ initialState, decide, evolve },
};

/** The role of a person, or null for someone who is no member. */
export const roleOf = (state: Workspace, userId: string): WorkspaceRole | null =>
  state.status === 'open' ? (state.members.get(userId) ?? null) : null;
