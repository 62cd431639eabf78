import { DeadLetterView, RedriveRequest, RedriveResult } from '../execution/deadLetters.ts';
import { pageOf } from '../page.ts';
import { exampleIds } from './examples.ts';
import { tag } from './executionPath.ts';
import type { Operation } from './operation.ts';
import { DeadLettersQuery } from './queries.ts';

const redriven: RedriveResult = {
  dry_run: true,
  redriven: [
    {
      ...{ execution_id: exampleIds.execution, workflow_id: exampleIds.workflow },
      ...{ code: 'http.status', retry: 1 },
    },
  ],
  ...{ skipped: [], more: false },
};

export const deadLetterOperations: readonly Operation[] = [
  {
    ...{ id: 'listDeadLetters', method: 'get', path: '/executions/dead-letters', tag },
    summary: 'What failed and waits for a person',
    description:
      'Failed runs that nobody has had go on, runs that left something standing which was to be undone, held nodes and nodes in doubt of the personal workspace, each with its reason, the newest first.',
    query: DeadLettersQuery,
    headers: ['Studio-Min-Position'],
    answers: {
      200: {
        ...{ description: 'A page of them.', schema: pageOf(DeadLetterView) },
        headers: ['Studio-Stale'],
      },
    },
    errors: {},
  },
  {
    ...{ id: 'redriveExecutions', method: 'post', path: '/executions/redrive', tag },
    summary: 'Have many failed runs go on',
    description:
      'Retries every failed run of the personal workspace that matches, the oldest first: what succeeded is kept. A run goes on once for each failure, however often you ask; with an Idempotency-Key once for that key. Without filters all failed runs match.',
    headers: ['Idempotency-Key'],
    body: {
      schema: RedriveRequest,
      example: { code: 'http.status', from: '2026-01-02T00:00:00.000Z', dry_run: true },
    },
    answers: {
      200: {
        ...{ description: 'What goes on, and what does not.', schema: RedriveResult },
        example: redriven,
      },
    },
    errors: { 403: ['auth.not_allowed'] },
  },
];
