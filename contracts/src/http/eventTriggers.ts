import { EventTriggersView } from '../workflow/eventTrigger.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const example: EventTriggersView = {
  ...{ workflow_id: exampleIds.workflow, published_version: 2 },
  triggers: [
    {
      ...{ node_id: 'begin', workflow_ids: null, outcomes: ['failed'] },
      expression: "'nightly' in trigger.tags",
      ...{ set_by: exampleIds.user, set_at: '2026-01-02T03:04:05.678Z' },
      last_skipped: {
        ...{ execution_id: exampleIds.execution, code: 'run.too_deep' },
        skipped_at: '2026-01-03T03:04:05.678Z',
      },
    },
  ],
};

export const eventTriggerOperations: readonly Operation[] = [
  {
    ...{ path: '/workflows/{workflow_id}/triggers', params: workflowParams, tag: 'Workflows' },
    ...{ id: 'getEventTriggers', method: 'get' },
    summary: 'Which ends of executions start a workflow',
    description:
      'The event triggers of its published version, and which end of an execution started nothing last, and why.',
    answers: { 200: { description: 'Its event triggers.', schema: EventTriggersView, example } },
    errors: { 403: ['auth.not_allowed'], 404: ['workflow.not_found'] },
  },
];
