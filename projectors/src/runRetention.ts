import { insert, remove, runRetentionTable } from '@studio/infra';

import { projection } from './projection.ts';

/** Answers: for how many days does a workspace keep what its runs hold? One row per workspace that says so. */
export const runRetention = projection({
  name: 'run_retention',
  version: 1,
  tables: [runRetentionTable],
  on: {
    RetentionChanged: ({ data: { workspaceId: workspace_id, runDays: run_days } }) => [
      run_days === null
        ? remove(runRetentionTable, { workspace_id })
        : insert(runRetentionTable, { workspace_id, run_days }),
    ],
  },
});
