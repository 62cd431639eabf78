import {
  DomainError,
  type Halt,
  type RunDays,
  type WorkspaceEvent,
  type WorkspaceRole,
} from '@studio/contracts';

import type { Decider } from '../decider.ts';
import { haltAfter, isSaid } from '../halts.ts';

/** Who works together: every workflow and run belongs to one workspace. */
export type Workspace =
  | { readonly status: 'absent' }
  | {
      readonly status: 'open';
      readonly workspaceId: string;
      readonly members: ReadonlyMap<string, WorkspaceRole>;
      /** Its kill switch; null while that is off. */
      readonly halt: Halt | null;
      /** How long its runs are kept; see `RunDays`. */
      readonly runDays: RunDays;
    };

type Open = Extract<Workspace, { status: 'open' }>;

export type WorkspaceCommand =
  /** The creator becomes its owner. */
  | {
      type: 'CreateWorkspace';
      data: { workspaceId: string; ownerId: string; name: string; personal: boolean };
    }
  /** Its kill switch is turned on; again, to have its runs do something else. */
  | { type: 'HaltWorkspace'; data: Halt & { readonly workspaceId: string } }
  | { type: 'ReleaseWorkspace'; data: { workspaceId: string } }
  | { type: 'ChangeRetention'; data: { workspaceId: string; runDays: RunDays } }
  | { type: 'AddMember'; data: { workspaceId: string; userId: string; role: WorkspaceRole } };

const initialState = (): Workspace => ({ status: 'absent' });

const opened = (state: Workspace): Open => {
  if (state.status === 'open') return state;
  throw new DomainError('workspace.not_found', 'Workspace not found');
};

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
      return opened(state).members.has(data.userId) ? [] : [{ type: 'MemberAdded', data }];
    case 'HaltWorkspace':
      return isSaid(opened(state).halt, data) ? [] : [{ type: 'WorkspaceHalted', data }];
    case 'ReleaseWorkspace':
      return opened(state).halt ? [{ type: 'WorkspaceReleased', data }] : [];
    case 'ChangeRetention':
      return opened(state).runDays === data.runDays ? [] : [{ type: 'RetentionChanged', data }];
  }
};

const evolve = (state: Workspace, event: WorkspaceEvent): Workspace => {
  const { type, data } = event;
  const { workspaceId } = data;
  const known: Open =
    state.status === 'open'
      ? { ...state, workspaceId }
      : { status: 'open', workspaceId, members: new Map(), halt: null, runDays: null };
  switch (type) {
    case 'WorkspaceCreated':
      return known;
    case 'MemberAdded':
      return { ...known, members: new Map(known.members).set(data.userId, data.role) };
    case 'WorkspaceHalted':
    case 'WorkspaceReleased':
      return { ...known, halt: haltAfter(event) };
    case 'RetentionChanged':
      return { ...known, runDays: data.runDays };
  }
};

export const workspace: Decider<Workspace, WorkspaceCommand, WorkspaceEvent> = {
  ...{ initialState, decide, evolve },
};

/** The workspace's kill switch; null while it is off. */
export const haltIn = (state: Workspace): Halt | null =>
  state.status === 'open' ? state.halt : null;

/** How long the workspace keeps what its runs hold. */
export const runDaysIn = (state: Workspace): RunDays =>
  state.status === 'open' ? state.runDays : null;

/** The role of a person, or null for someone who is no member. */
export const roleOf = (state: Workspace, userId: string): WorkspaceRole | null =>
  state.status === 'open' ? (state.members.get(userId) ?? null) : null;
