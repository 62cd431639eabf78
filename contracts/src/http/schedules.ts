import { ChangeScheduleRequest, ScheduleView } from '../workflow/schedule.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const one = {
  ...{ path: '/workflows/{workflow_id}/schedule', params: workflowParams },
  tag: 'Workflows',
} as const;
const errors = { 403: ['auth.not_allowed'], 404: ['workflow.not_found'] } as const;

const example: ScheduleView = {
  ...{ workflow_id: exampleIds.workflow, enabled: true, published_version: 2 },
  schedules: [
    {
      ...{ node_id: 'begin', cron: '30 9 * * 1-5', every_ms: null, timezone: 'Europe/Berlin' },
      ...{ catch_up: 'one', overlap: 'skip', set_by: exampleIds.user },
      set_at: '2026-01-02T03:04:05.678Z',
      next: ['2026-01-05T08:30:00.000Z', '2026-01-06T08:30:00.000Z'],
      last_skipped: null,
    },
  ],
};

export const scheduleOperations: readonly Operation[] = [
  {
    ...{ ...one, id: 'getSchedule', method: 'get' },
    summary: 'When a workflow starts by itself',
    description: 'The schedules of its published version, and the next times of each.',
    answers: { 200: { description: 'Its schedules.', schema: ScheduleView, example } },
    errors,
  },
  {
    ...{ ...one, id: 'changeSchedule', method: 'put' },
    summary: 'Disable the schedules of a workflow, or enable them again',
    description: 'What would have been due meanwhile is not made up for.',
    body: { schema: ChangeScheduleRequest, example: { enabled: false } },
    answers: {
      200: {
        ...{ description: 'As they stand now.', schema: ScheduleView },
        example: { ...example, enabled: false, schedules: [] },
        headers: ['Studio-Position'],
      },
    },
    errors: { ...errors, 400: ['schedule.invalid'] },
  },
];
