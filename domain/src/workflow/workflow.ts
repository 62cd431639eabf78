import {
  DomainError,
  StudioError,
  type WorkflowContent,
  type WorkflowEvent,
} from '@studio/contracts';

import type { Decider } from '../decider.ts';
import { isSaid, refuseHalted } from '../halts.ts';
import { addAgents, changeAgent, removeAgent } from './agents.ts';
import type { WorkflowCommand } from './commands.ts';
import { removeEventTriggers, setEventTriggers, skipEventFiring } from './eventTriggers.ts';
import { evolve } from './evolve.ts';
import { isSaved, type SavedWorkflow, type Workflow } from './savedWorkflow.ts';
import { enableSchedules, removeSchedules, setSchedules, skipFirings } from './schedules.ts';
import { structureErrors } from './structure.ts';
import { removeAlias, rollBack, setAlias } from './versions.ts';
import { disableWebhook, issueWebhook } from './webhook.ts';

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

/** A workflow has the triggers of the version that is published, and no others. */
const triggersAfter = (
  { workflowId, status, schedules, eventTriggers }: ChangeWorkflowStatus,
  state: SavedWorkflow,
): WorkflowEvent[] => {
  const isPublished = status === 'published';
  return [
    ...(isPublished && schedules
      ? setSchedules({ workflowId, ...schedules }, state)
      : removeSchedules(workflowId, state)),
    ...(isPublished && eventTriggers
      ? setEventTriggers({ workflowId, ...eventTriggers }, state)
      : removeEventTriggers(workflowId, state)),
  ];
};

const changeStatus = (change: ChangeWorkflowStatus, state: SavedWorkflow): WorkflowEvent[] => {
  const { workflowId, status, checkedVersion } = change;
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
    ...triggersAfter(change, state),
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
        ...removeEventTriggers(data.workflowId, saved(state)),
        { type: 'WorkflowDeleted', data },
      ];
    case 'EnableSchedules':
      return enableSchedules(data, saved(state));
    case 'SkipEventFiring':
      return isSaved(state) ? skipEventFiring(data, state) : [];
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

export const workflow: Decider<Workflow, WorkflowCommand, WorkflowEvent> = {
  ...{ initialState, decide, evolve },
};
