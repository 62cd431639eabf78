import { it } from '@jest/globals';
import type { WorkflowContent, WorkflowEvent } from '@studio/contracts';

import { specificationFor } from '../testing/specification.ts';
import { workflow } from './workflow.ts';

const given = specificationFor(workflow);
const position = { x: 0, y: 0 };
const content: WorkflowContent = {
  ...{ name: 'Mail', description: null, settings: {}, tags: [], isPublic: false },
  nodes: [{ id: 'a', type: 'trigger', position, data: {} }],
  connections: [],
};
const origin = { workflowId: 'w', ownerId: 'ada', parentWorkflowId: null };
const created: WorkflowEvent = { type: 'WorkflowCreated', data: { ...origin, ...content } };
const renamed = { ...content, name: 'Post' };

it('begins with its whole content', () =>
  given([])
    .when({ type: 'CreateWorkflow', data: { ...origin, content } })
    .then([created]));
it('is created once', () =>
  given([created])
    .when({ type: 'CreateWorkflow', data: { ...origin, content: renamed } })
    .thenNothing());
it('refuses nodes that share an id', () =>
  given([])
    .when({
      type: 'CreateWorkflow',
      data: { ...origin, content: { ...content, nodes: [...content.nodes, ...content.nodes] } },
    })
    .thenRefused(
      'workflow.invalid_structure',
      'Invalid workflow structure: Duplicate node IDs found',
    ));
it('raises its version with every change', () =>
  given([created, { type: 'WorkflowChanged', data: { workflowId: 'w', version: 2, ...renamed } }])
    .when({
      type: 'ChangeWorkflow',
      data: { workflowId: 'w', changes: { tags: ['daily'] }, expectedVersion: 2 },
    })
    .then([
      {
        type: 'WorkflowChanged',
        data: { workflowId: 'w', version: 3, ...renamed, tags: ['daily'] },
      },
    ]));
it('takes the same content again for no change', () =>
  given([created])
    .when({
      type: 'ChangeWorkflow',
      data: { workflowId: 'w', changes: { name: 'Mail' }, expectedVersion: null },
    })
    .thenNothing());
it('refuses a change of a version that is no longer the last', () =>
  given([created])
    .when({
      type: 'ChangeWorkflow',
      data: { workflowId: 'w', changes: { name: 'Post' }, expectedVersion: 7 },
    })
    .thenRefused('workflow.version_mismatch', 'The workflow is at version 1, not 7'));
it('refuses a connection that leads nowhere', () =>
  given([created])
    .when({
      type: 'ChangeWorkflow',
      data: {
        workflowId: 'w',
        changes: { connections: [{ source: 'a', target: 'b' }] },
        expectedVersion: null,
      },
    })
    .thenRefused(
      'workflow.invalid_structure',
      "Invalid workflow structure: Connection target 'b' not found in nodes",
    ));
it('cannot be changed before it exists', () =>
  given([])
    .when({
      type: 'ChangeWorkflow',
      data: { workflowId: 'w', changes: {}, expectedVersion: null },
    })
    .thenRefused('workflow.not_found'));

const published: WorkflowEvent = {
  type: 'WorkflowStatusChanged',
  data: { workflowId: 'w', version: 1, status: 'published' },
};
const deleted: WorkflowEvent = { type: 'WorkflowDeleted', data: { workflowId: 'w' } };
const publish = { workflowId: 'w', status: 'published', checkedVersion: 1 } as const;

it('records which version was published', () =>
  given([created]).when({ type: 'ChangeWorkflowStatus', data: publish }).then([published]));
it('goes back to a draft', () =>
  given([created, published])
    .when({ type: 'ChangeWorkflowStatus', data: { ...publish, status: 'draft' } })
    .then([
      { type: 'WorkflowStatusChanged', data: { workflowId: 'w', version: 1, status: 'draft' } },
    ]));
it('is published once', () =>
  given([created, published]).when({ type: 'ChangeWorkflowStatus', data: publish }).thenNothing());
it('is published again when it was saved since, or its agents changed', () => {
  const changed: WorkflowEvent = {
    type: 'WorkflowChanged',
    data: { workflowId: 'w', version: 2, ...content },
  };
  const again: WorkflowEvent = {
    type: 'WorkflowStatusChanged',
    data: { workflowId: 'w', version: 2, status: 'published' },
  };
  const publishSecond = {
    type: 'ChangeWorkflowStatus' as const,
    data: { ...publish, checkedVersion: 2 },
  };
  given([created, published, changed]).when(publishSecond).then([again]);
  given([created, published, changed, again]).when(publishSecond).thenNothing();
  const removed: WorkflowEvent = {
    type: 'AgentRemoved',
    data: { workflowId: 'w', agentId: 'anyone' },
  };
  given([created, published, removed])
    .when({ type: 'ChangeWorkflowStatus', data: publish })
    .then([published]);
});
it('does not publish a version that nobody has checked', () =>
  given([created, { type: 'WorkflowChanged', data: { workflowId: 'w', version: 2, ...renamed } }])
    .when({ type: 'ChangeWorkflowStatus', data: publish })
    .thenRefused('append.conflict'));
it('ends when it is deleted', () =>
  given([created, published])
    .when({ type: 'DeleteWorkflow', data: { workflowId: 'w' } })
    .then([deleted]));
it('is neither changed nor deleted once it is deleted', () => {
  given([created, deleted])
    .when({ type: 'DeleteWorkflow', data: { workflowId: 'w' } })
    .thenRefused('workflow.not_found');
  given([created, deleted])
    .when({
      type: 'ChangeWorkflow',
      data: { workflowId: 'w', changes: { name: 'Post' }, expectedVersion: null },
    })
    .thenRefused('workflow.not_found');
});
it('is not made again under its old id', () =>
  given([created, deleted])
    .when({ type: 'CreateWorkflow', data: { ...origin, content } })
    .thenNothing());
