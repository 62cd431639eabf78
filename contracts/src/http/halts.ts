import { z } from 'zod';

import { HaltRequest, HaltView } from '../halts.ts';
import { Uuid } from '../text.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const tag = 'Kill switches' as const;

const ofWorkflow = {
  ...{ path: '/workflows/{workflow_id}', params: workflowParams, tag },
  scope: { scope: 'workflow', id: exampleIds.workflow },
  errors: { 403: ['auth.not_allowed'], 404: ['workflow.not_found'] },
} as const;
const ofWorkspace = {
  path: '/workspaces/{workspace_id}',
  params: z.object({ workspace_id: Uuid.meta({ example: exampleIds.workspace }) }),
  tag,
  scope: { scope: 'workspace', id: exampleIds.workspace },
  errors: { 403: ['auth.not_allowed'], 404: ['workspace.not_found'] },
} as const;

const off = { halted: false, runs: null, reason: null, halted_by: null, halted_at: null };
const on = {
  ...{ halted: true, runs: 'pause', reason: 'It writes to the wrong customers' },
  ...{ halted_by: exampleIds.user, halted_at: '2026-01-02T03:04:05.678Z' },
};

type Scope = typeof ofWorkflow | typeof ofWorkspace;

const operationsOf = (
  { path, params, scope, errors }: Scope,
  [show, halt, release]: readonly [string, string, string],
): readonly Operation[] => [
  {
    ...{ id: show, method: 'get', path: `${path}/halt`, params, tag, errors },
    summary: `Whether a ${scope.scope} is halted`,
    answers: {
      200: { description: 'The switch.', schema: HaltView, example: { ...scope, ...off } },
    },
  },
  {
    ...{ id: halt, method: 'post', path: `${path}/halt`, params, tag, errors },
    summary: `Halt a ${scope.scope}`,
    description:
      'Nothing starts a run of it any more: starts and retries are refused, webhooks and agent tests too, schedules wait. Its open runs are paused until it is released, or cancelled, as `runs` says. For owners and administrators. Halting it again with other `runs` changes that.',
    body: {
      schema: HaltRequest,
      required: false,
      example: { runs: 'pause', reason: 'It writes to the wrong customers' },
    },
    answers: {
      200: {
        ...{ description: 'It is on.', schema: HaltView, example: { ...scope, ...on } },
        headers: ['Studio-Position'],
      },
    },
  },
  {
    ...{ id: release, method: 'post', path: `${path}/release`, params, tag, errors },
    summary: `Release a ${scope.scope}`,
    description:
      'It may be started again. Runs that the switch paused go on; what schedules missed is made up for as their `catchUp` says.',
    answers: {
      200: {
        ...{ description: 'It is off.', schema: HaltView, example: { ...scope, ...off } },
        headers: ['Studio-Position'],
      },
    },
  },
];

export const haltOperations: readonly Operation[] = [
  ...operationsOf(ofWorkflow, ['getWorkflowHalt', 'haltWorkflow', 'releaseWorkflow']),
  ...operationsOf(ofWorkspace, ['getWorkspaceHalt', 'haltWorkspace', 'releaseWorkspace']),
];
