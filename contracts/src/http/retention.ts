import { z } from 'zod';

import { ChangeRetentionRequest, RetentionView } from '../retention.ts';
import { Uuid } from '../text.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';

const one = {
  path: '/workspaces/{workspace_id}/retention',
  params: z.object({ workspace_id: Uuid.meta({ example: exampleIds.workspace }) }),
  tag: 'Retention',
  errors: { 403: ['auth.not_allowed'], 404: ['workspace.not_found'] },
} as const;

export const retentionOperations: readonly Operation[] = [
  {
    ...{ ...one, id: 'getRetention', method: 'get' },
    summary: 'How long a workspace keeps its runs',
    answers: {
      200: {
        ...{ description: 'In days; null: for ever.', schema: RetentionView },
        example: { workspace_id: exampleIds.workspace, run_days: null },
      },
    },
  },
  {
    ...{ ...one, id: 'changeRetention', method: 'put' },
    summary: 'Change how long a workspace keeps its runs',
    description:
      'So many days after a run has ended, what went into it and came out of it is erased, as by `POST /executions/{execution_id}/forget`: that it ran, when and how, stays. It holds for runs that have ended before, too, and cannot be undone for those that were erased. `0` erases as soon as a run has ended, `null` never. For owners and administrators.',
    body: { schema: ChangeRetentionRequest, example: { run_days: 365 } },
    answers: {
      200: {
        ...{ description: 'As it stands now.', schema: RetentionView },
        example: { workspace_id: exampleIds.workspace, run_days: 365 },
        headers: ['Studio-Position'],
      },
    },
  },
];
