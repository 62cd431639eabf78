import type { WorkflowContent, WorkflowEvent, WorkflowStatus } from '@studio/contracts';

import { haltAfter } from '../halts.ts';
import { evolveAgents } from './agents.ts';
import { evolveEventTriggers } from './eventTriggers.ts';
import { isSaved, type SavedWorkflow, type Workflow } from './savedWorkflow.ts';
import { evolveSchedules } from './schedules.ts';
import { evolveAliases } from './versions.ts';
import { evolveWebhook } from './webhook.ts';

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
    ...{ schedulesEnabled: true, schedules: new Map(), eventTriggers: new Map() },
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
    case 'EventTriggerSet':
    case 'EventTriggerRemoved':
    case 'EventFiringSkipped':
      return { ...state, eventTriggers: evolveEventTriggers(state, event) };
  }
};

const after = (state: Workflow, event: WorkflowEvent): Workflow => {
  if (event.type === 'WorkflowCreated') return begun(event.data);
  if (event.type === 'WorkflowDeleted') return { status: 'deleted' };
  return isSaved(state) ? changed(state, event) : state;
};

/** The workflow after a fact of its stream. */
export const evolve = (state: Workflow, event: WorkflowEvent): Workflow => {
  const next = after(state, event);
  return isSaved(next) ? { ...next, revision: next.revision + 1 } : next;
};
