import {
  DomainError,
  type Halt,
  StudioError,
  type WorkflowContent,
  type WorkflowEvent,
  type WorkflowStatus,
} from '@studio/contracts';

import type { Decider } from '../decider.ts';
import { haltAfter, isSaid, refuseHalted } from '../halts.ts';
import { addAgents, type Agent, changeAgent, evolveAgents, removeAgent } from './agents.ts';
import type { WorkflowCommand } from './commands.ts';
import {
  enableSchedules,
  evolveSchedules,
  removeSchedules,
  type Schedules,
  setSchedules,
  skipFirings,
} from './schedules.ts';
import { structureErrors } from './structure.ts';
import { evolveAliases, removeAlias, rollBack, setAlias, type Versions } from './versions.ts';
import { disableWebhook, evolveWebhook, issueWebhook, type Webhook } from './webhook.ts';

/** What was published, as it was then: a later save changes nothing of it. */
export interface PublishedVersion {
  readonly version: number;
  readonly content: WorkflowContent;
  readonly agents: readonly Agent[];
}

export interface SavedWorkflow extends Versions, Schedules {
  readonly status: WorkflowStatus;
  readonly workflowId: string;
  readonly ownerId: string;
  readonly parentWorkflowId: string | null;
  readonly content: WorkflowContent;
  /** In the order in which they were added. */
  readonly agents: readonly Agent[];
  /** What webhooks start; null for a draft and in the archive. */
  readonly published: PublishedVersion | null;
  /** Null while the workflow can be started by nobody but its people. */
  readonly webhook: Webhook | null;
  /** Its kill switch; null while that is off. */
  readonly halt: Halt | null;
}

export type Workflow =
  { readonly status: 'absent' } | { readonly status: 'deleted' } | SavedWorkflow;

export const isSaved = (state: Workflow): state is SavedWorkflow =>
  state.status !== 'absent' && state.status !== 'deleted';

type CreateWorkflow = Extract<WorkflowCommand, { type: 'CreateWorkflow' }>['data'];

type ChangeWorkflowStatus = Extract<WorkflowCommand, { type: 'ChangeWorkflowStatus' }>['data'];
type ChangeWorkflow = Extract<WorkflowCommand, { type: 'ChangeWorkflow' }>['data'];

const initialState = (): Workflow => ({ status: 'absent' });

const refuseBrokenStructure = (content: WorkflowContent): void => {
  const errors = structureErrors(content);
  if (errors.length > 0)
    throw new DomainError(
      'workflow.invalid_structure',
      `Invalid workflow structure: ${errors.slice(0, 20).join('; ')}`,
    );
};

const refuseOtherVersion = (actual: number, expected: number | null): void => {
  if (expected !== null && expected !== actual)
    throw new StudioError(
      'conflict',
      'workflow.version_mismatch',
      `The workflow is at version ${actual}, not ${expected}`,
    );
};

const saved = (state: Workflow): SavedWorkflow => {
  if (isSaved(state)) return state;
  throw new StudioError('not_found', 'workflow.not_found', 'Workflow not found or access denied');
};

const create = ({ content, agents, ...origin }: CreateWorkflow): WorkflowEvent[] => {
  refuseBrokenStructure(content);
  const { workflowId, ownerId: userId } = origin;
  return [
    { type: 'WorkflowCreated', data: { ...origin, ...content } },
    ...(agents ? addAgents({ workflowId, userId, now: agents.now, agents: agents.added }, []) : []),
  ];
};

const change = (data: ChangeWorkflow, state: SavedWorkflow): WorkflowEvent[] => {
  const { workflowId, changes, expectedVersion } = data;
  refuseOtherVersion(state.version, expectedVersion);
  const content = { ...state.content, ...changes };
  refuseBrokenStructure(content);
  if (JSON.stringify(content) === JSON.stringify(state.content)) return [];
  return [
    { type: 'WorkflowChanged', data: { workflowId, version: state.version + 1, ...content } },
  ];
};

/** An agent that was added, changed or removed is no save, and is not published with an earlier version. */
const isPublishedAsItIs = ({ published, version, agents }: SavedWorkflow): boolean =>
  published?.version === version && published.agents === agents;

const changeStatus = (
  { workflowId, status, checkedVersion, schedules }: ChangeWorkflowStatus,
  state: SavedWorkflow,
): WorkflowEvent[] => {
  const { version } = state;
  if (version !== checkedVersion)
    throw new StudioError(
      'conflict',
      'append.conflict',
      'The workflow was saved meanwhile, try again',
    );
  if (status === state.status && (status !== 'published' || isPublishedAsItIs(state))) return [];
  return [
    { type: 'WorkflowStatusChanged', data: { workflowId, version, status } },
    ...(status === 'published' && schedules
      ? setSchedules({ workflowId, ...schedules }, state)
      : removeSchedules(workflowId, state)),
  ];
};

const decide = ({ type, data }: WorkflowCommand, state: Workflow): WorkflowEvent[] => {
  switch (type) {
    case 'CreateWorkflow':
      return state.status === 'absent' ? create(data) : [];
    case 'ChangeWorkflow':
      return change(data, saved(state));
    case 'ChangeWorkflowStatus':
      return changeStatus(data, saved(state));
    case 'RollBackWorkflow': {
      const { expectedVersion, ...asked } = data;
      refuseOtherVersion(saved(state).version, expectedVersion);
      return rollBack(asked, saved(state));
    }
    case 'SetAlias':
      return setAlias(data, saved(state));
    case 'RemoveAlias':
      return removeAlias(data, saved(state));
    case 'HaltWorkflow':
      return isSaid(saved(state).halt, data) ? [] : [{ type: 'WorkflowHalted', data }];
    case 'ReleaseWorkflow':
      return saved(state).halt ? [{ type: 'WorkflowReleased', data }] : [];
    case 'DeleteWorkflow':
      refuseHalted(saved(state), { halt: null });
      return [
        ...saved(state).agents.flatMap(({ agentId }) =>
          removeAgent({ ...data, agentId }, saved(state).agents),
        ),
        ...removeSchedules(data.workflowId, saved(state)),
        { type: 'WorkflowDeleted', data },
      ];
    case 'EnableSchedules':
      return enableSchedules(data, saved(state));
    case 'SkipFirings':
      return isSaved(state) ? skipFirings(data, state) : [];
    case 'AddAgents':
      return addAgents(data, saved(state).agents);
    case 'ChangeAgent':
      return changeAgent(data, saved(state).agents);
    case 'RemoveAgent':
      return removeAgent(data, saved(state).agents);
    case 'IssueWebhook':
      return issueWebhook(data, saved(state).webhook);
    case 'DisableWebhook':
      return disableWebhook(data, saved(state).webhook);
  }
};

const contentOf = (data: WorkflowContent): WorkflowContent => ({
  ...{ name: data.name, description: data.description, nodes: data.nodes },
  ...{ connections: data.connections, settings: data.settings, tags: data.tags },
  isPublic: data.isPublic,
});

const withStatus = (state: SavedWorkflow, status: WorkflowStatus): SavedWorkflow => {
  const { version, content, agents } = state;
  return {
    ...state,
    status,
    published: status === 'published' ? { version, content, agents } : null,
  };
};

const saveAgain = (
  state: SavedWorkflow,
  data: Extract<WorkflowEvent, { type: 'WorkflowChanged' }>['data'],
): SavedWorkflow => ({
  ...{ ...state, version: data.version, content: contentOf(data) },
  versionEnds: [...state.versionEnds, state.revision],
});

const begun = (data: Extract<WorkflowEvent, { type: 'WorkflowCreated' }>['data']): Workflow => {
  const { workflowId, ownerId, parentWorkflowId } = data;
  const content = contentOf(data);
  return {
    ...{ status: 'draft', workflowId, ownerId, parentWorkflowId },
    ...{ version: 1, content, agents: [], published: null, webhook: null, halt: null },
    ...{ revision: -1, versionEnds: [], aliases: new Map() },
    ...{ schedulesEnabled: true, schedules: new Map() },
  };
};

type Change = Exclude<WorkflowEvent, { type: 'WorkflowCreated' | 'WorkflowDeleted' }>;

const changed = (state: SavedWorkflow, event: Change): SavedWorkflow => {
  switch (event.type) {
    case 'WorkflowChanged':
      return saveAgain(state, event.data);
    case 'WorkflowStatusChanged':
      return withStatus(state, event.data.status);
    case 'WorkflowHalted':
    case 'WorkflowReleased':
      return { ...state, halt: haltAfter(event) };
    case 'AgentAdded':
    case 'AgentChanged':
    case 'AgentRemoved':
      return { ...state, agents: evolveAgents(state.agents, event) };
    case 'WebhookIssued':
    case 'WebhookDisabled':
      return { ...state, webhook: evolveWebhook(event) };
    case 'WorkflowAliasSet':
    case 'WorkflowAliasRemoved':
      return { ...state, aliases: evolveAliases(state, event) };
    case 'ScheduleSet':
    case 'ScheduleRemoved':
    case 'SchedulesDisabled':
    case 'SchedulesEnabled':
    case 'ScheduleFiringsSkipped':
      return evolveSchedules(state, event);
  }
};

const after = (state: Workflow, event: WorkflowEvent): Workflow => {
  if (event.type === 'WorkflowCreated') return begun(event.data);
  if (event.type === 'WorkflowDeleted') return { status: 'deleted' };
  return isSaved(state) ? changed(state, event) : state;
};

const evolve = (state: Workflow, event: WorkflowEvent): Workflow => {
  const next = after(state, event);
  return isSaved(next) ? { ...next, revision: next.revision + 1 } : next;
};

export const workflow: Decider<Workflow, WorkflowCommand, WorkflowEvent> = {
  ...{ initialState, decide, evolve },
};
