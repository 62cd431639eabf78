import {
  DomainError,
  StudioError,
  type WorkflowContent,
  type WorkflowEvent,
} from '@studio/contracts';

import type { Decider } from '../decider.ts';
import { structureErrors } from './structure.ts';

export type Workflow =
  | { readonly status: 'absent' }
  | {
      readonly status: 'draft';
      readonly workflowId: string;
      readonly ownerId: string;
      readonly parentWorkflowId: string | null;
      /** Counts the saves, from 1. */
      readonly version: number;
      readonly content: WorkflowContent;
    };

export type WorkflowCommand =
  | {
      type: 'CreateWorkflow';
      data: {
        workflowId: string;
        ownerId: string;
        parentWorkflowId: string | null;
        content: WorkflowContent;
      };
    }
  /** Absent members of `changes` keep what is there; with `expectedVersion` only that version is changed. */
  | {
      type: 'ChangeWorkflow';
      data: {
        workflowId: string;
        changes: Partial<WorkflowContent>;
        expectedVersion: number | null;
      };
    };

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

const change = (data: ChangeWorkflow, state: Workflow): WorkflowEvent[] => {
  const { workflowId, changes, expectedVersion } = data;
  if (state.status === 'absent')
    throw new StudioError('not_found', 'workflow.not_found', 'Workflow not found or access denied');
  refuseOtherVersion(state.version, expectedVersion);
  const content = { ...state.content, ...changes };
  refuseBrokenStructure(content);
  if (JSON.stringify(content) === JSON.stringify(state.content)) return [];
  return [
    { type: 'WorkflowChanged', data: { workflowId, version: state.version + 1, ...content } },
  ];
};

const decide = ({ type, data }: WorkflowCommand, state: Workflow): WorkflowEvent[] => {
  switch (type) {
    case 'CreateWorkflow': {
      if (state.status !== 'absent') return [];
      const { content, ...origin } = data;
      refuseBrokenStructure(content);
      return [{ type: 'WorkflowCreated', data: { ...origin, ...content } }];
    }
    case 'ChangeWorkflow':
      return change(data, state);
  }
};

const contentOf = (data: WorkflowContent): WorkflowContent => ({
  ...{ name: data.name, description: data.description, nodes: data.nodes },
  ...{ connections: data.connections, settings: data.settings, tags: data.tags },
  isPublic: data.isPublic,
});

const evolve = (state: Workflow, { type, data }: WorkflowEvent): Workflow => {
  const content = contentOf(data);
  switch (type) {
    case 'WorkflowCreated': {
      const { workflowId, ownerId, parentWorkflowId } = data;
      return { status: 'draft', workflowId, ownerId, parentWorkflowId, version: 1, content };
    }
    case 'WorkflowChanged':
      return state.status === 'absent' ? state : { ...state, version: data.version, content };
  }
};

export const workflow: Decider<Workflow, WorkflowCommand, WorkflowEvent> = {
  ...{ initialState, decide, evolve },
};
