import { expect, it } from '@jest/globals';
import type { WorkflowEvent } from '@studio/contracts';

import { foldBy } from '../decider.ts';
import { specificationFor } from '../testing/specification.ts';
import { isSaved } from './savedWorkflow.ts';
import { workflow } from './workflow.ts';

const given = specificationFor(workflow);
const created: WorkflowEvent = {
  type: 'WorkflowCreated',
  data: {
    ...{ workflowId: 'w', ownerId: 'ada', parentWorkflowId: null, name: 'Mail' },
    ...{ description: null, settings: {}, tags: [], isPublic: false },
    ...{ nodes: [], connections: [] },
  },
};
const webhook = (webhookId: string) => ({
  ...{ webhookId, signature: 'required' as const },
  ...{ issuedBy: 'ada', issuedAt: '2026-01-02T00:00:00.000Z' },
});
const issue = (webhookId: string) => ({
  type: 'IssueWebhook' as const,
  data: { workflowId: 'w', ...webhook(webhookId) },
});
const issued = (webhookId: string): WorkflowEvent => ({
  type: 'WebhookIssued',
  data: { workflowId: 'w', ...webhook(webhookId) },
});
const disable = { type: 'DisableWebhook' as const, data: { workflowId: 'w' } };
const disabled = (webhookId: string): WorkflowEvent => ({
  type: 'WebhookDisabled',
  data: { workflowId: 'w', webhookId },
});
const webhookAfter = (...events: WorkflowEvent[]) => {
  const state = foldBy(workflow, workflow.initialState(), events);
  return isSaved(state) ? state.webhook : undefined;
};

it('is issued, and issued once', () => {
  given([created])
    .when(issue('1'))
    .then([issued('1')]);
  given([created, issued('1')])
    .when(issue('1'))
    .thenNothing();
});
it('gives way to the next one', () => {
  given([created, issued('1')])
    .when(issue('2'))
    .then([issued('2')]);
  expect(webhookAfter(created, issued('1'), issued('2'))).toEqual(webhook('2'));
});
it('is disabled while there is one', () => {
  given([created, issued('1')])
    .when(disable)
    .then([disabled('1')]);
  given([created, issued('1'), disabled('1')])
    .when(disable)
    .thenRefused('webhook.not_found');
  expect(webhookAfter(created, issued('1'), disabled('1'))).toBeNull();
});
it('is nobody’s before the workflow is', () =>
  given([]).when(issue('1')).thenRefused('workflow.not_found'));
