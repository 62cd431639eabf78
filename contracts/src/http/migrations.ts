import { MigrateRunsRequest, MigrateRunsResult } from '../execution/migration.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const report: MigrateRunsResult = {
  ...{ dry_run: true, workflow_id: exampleIds.workflow, to_version: 2 },
  runs: [
    {
      ...{ execution_id: exampleIds.execution, from_version: 1, outcome: 'refused' },
      obstacles: [
        {
          ...{ code: 'node.gone', node_id: 'greet' },
          message: "'greet' has begun, and nothing stands for it in the new version",
        },
      ],
    },
  ],
  next: null,
};

export const migrationOperations: readonly Operation[] = [
  {
    ...{ id: 'migrateRuns', method: 'post', path: '/workflows/{workflow_id}/migrations' },
    ...{ params: workflowParams, tag: 'Workflows' },
    summary: 'Have open runs go by another version',
    description:
      'Tells for each open run whether it can go on by the other version, and all that keeps it from that; with `dry_run: false` those that can do so from then on. What has happened stays as it is: nodes that have begun keep their ids, kinds and what leads to them, or the run is refused. `node_map` says what stands for nodes that have not begun and are not in the other version. Asking again is harmless: a run that goes by that version stays so.',
    body: {
      schema: MigrateRunsRequest,
      example: { to_version: 2, dry_run: true },
    },
    answers: {
      200: {
        ...{ description: 'What becomes of each run.', schema: MigrateRunsResult },
        example: report,
      },
    },
    errors: {
      400: ['workflow.validation_failed', 'workflow.unknown_kind'],
      403: ['auth.not_allowed'],
      404: ['workflow.not_found', 'workflow.version_not_found'],
    },
  },
];
