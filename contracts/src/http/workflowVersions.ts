import { z } from 'zod';

import { AliasName, AliasView, RollBackRequest, SetAliasRequest } from '../workflow/aliases.ts';
import { SavedWorkflowView } from './answers.ts';
import { exampleIds, exampleWorkflow } from './examples.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const tag = 'Workflows' as const;
const one = { path: '/workflows/{workflow_id}', params: workflowParams, tag } as const;
const alias = {
  ...{ path: `${one.path}/aliases/{alias}`, tag },
  params: workflowParams.extend({ alias: AliasName.meta({ example: 'stable' }) }),
} as const;

const stable: AliasView = {
  ...{ workflow_id: exampleIds.workflow, alias: 'stable', version: 1 },
  ...{ set_by: exampleIds.user, set_at: '2026-01-02T03:04:05.678Z' },
};
const errors = { 403: ['auth.not_allowed'], 404: ['workflow.not_found'] } as const;
const versionErrors = {
  ...errors,
  404: ['workflow.not_found', 'workflow.version_not_found'],
} as const;

export const workflowVersionOperations: readonly Operation[] = [
  {
    ...{ ...one, id: 'rollBackWorkflow', method: 'post', path: `${one.path}/rollback` },
    summary: 'Go back to an older version',
    description:
      'Saves a new version with the content and the agents of the older one. What is published stays published.',
    headers: ['If-Match'],
    body: { schema: RollBackRequest, example: { version: 1 } },
    answers: {
      200: {
        ...{ description: 'The workflow as it stands now.', schema: SavedWorkflowView },
        example: { ...exampleWorkflow, version: 3, warnings: [] },
        headers: ['Studio-Position', 'ETag'],
      },
    },
    errors: { ...versionErrors, 412: ['workflow.version_mismatch'] },
  },
  {
    ...{ ...one, id: 'listAliases', method: 'get', path: `${one.path}/aliases` },
    summary: 'The names that stand for versions of a workflow',
    answers: {
      200: { description: 'By name.', schema: z.array(AliasView), example: [stable] },
    },
    errors,
  },
  {
    ...{ ...alias, id: 'setAlias', method: 'put' },
    summary: 'Let a name stand for a version',
    description:
      'Runs can be started by it. `published` and `latest` always mean the version that triggers use and the one saved last, and cannot be set.',
    body: { schema: SetAliasRequest, example: { version: 1 } },
    answers: {
      200: {
        ...{ description: 'It stands for it.', schema: AliasView, example: stable },
        headers: ['Studio-Position'],
      },
    },
    errors: { ...versionErrors, 400: ['workflow.too_many_aliases'] },
  },
  {
    ...{ ...alias, id: 'removeAlias', method: 'delete' },
    summary: 'Remove an alias',
    answers: { 204: { description: 'It is gone.', headers: ['Studio-Position'] } },
    errors: { ...errors, 404: ['workflow.not_found', 'workflow.alias_not_found'] },
  },
];
