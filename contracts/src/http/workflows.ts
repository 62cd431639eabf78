import { z } from 'zod';

import { pageOf } from '../page.ts';
import { Uuid } from '../text.ts';
import {
  ChangeWorkflowRequest,
  ChangeWorkflowStatusRequest,
  CreateWorkflowRequest,
  DuplicateWorkflowRequest,
} from '../workflow/requests.ts';
import { WorkflowFindings, WorkflowView } from '../workflow/views.ts';
import { SavedWorkflowView } from './answers.ts';
import { exampleGraph, exampleIds, exampleWorkflow } from './examples.ts';
import type { DeclaredAnswer, Operation } from './operation.ts';
import { VersionsQuery, WorkflowsQuery, WorkflowVersionPath } from './queries.ts';

const tag = 'Workflows';
export const workflowParams = z.object({
  workflow_id: Uuid.meta({ example: exampleIds.workflow }),
});
const one = { path: '/workflows/{workflow_id}', params: workflowParams, tag } as const;

const saved = (description: string, isNew = false): DeclaredAnswer => ({
  ...{ description, schema: SavedWorkflowView, example: { ...exampleWorkflow, warnings: [] } },
  headers: ['Studio-Position', 'ETag', ...(isNew ? (['Location'] as const) : [])],
});
const changeErrors = { 403: ['auth.not_allowed'], 404: ['workflow.not_found'] } as const;

const readOperations: readonly Operation[] = [
  {
    ...{ id: 'listWorkflows', method: 'get', path: '/workflows', tag },
    summary: 'List and search workflows',
    description: 'Those of the personal workspace, the one changed last first.',
    query: WorkflowsQuery,
    headers: ['Studio-Min-Position'],
    answers: {
      200: {
        ...{ description: 'A page of them.', schema: pageOf(WorkflowView) },
        example: { items: [exampleWorkflow], total: 1, limit: 10, offset: 0 },
        headers: ['Studio-Stale'],
      },
    },
  },
  {
    ...{ ...one, id: 'getWorkflow', method: 'get' },
    summary: 'One workflow',
    description: 'A public workflow may be read by everyone who is signed in.',
    headers: ['Studio-Min-Position'],
    answers: {
      200: {
        ...{ description: 'The workflow.', schema: WorkflowView, example: exampleWorkflow },
        headers: ['ETag'],
      },
    },
    errors: { 404: ['workflow.not_found'] },
  },
  {
    ...{ ...one, id: 'listVersions', method: 'get', path: `${one.path}/versions` },
    summary: 'The versions of a workflow',
    description: 'Every save is one, the newest first. An unknown workflow has none.',
    query: VersionsQuery,
    answers: {
      200: {
        ...{ description: 'The versions.', schema: z.array(WorkflowView) },
        example: [exampleWorkflow],
      },
    },
  },
  {
    ...{ ...one, id: 'getVersion', method: 'get', path: `${one.path}/versions/{version}` },
    params: workflowParams.extend(WorkflowVersionPath.shape),
    summary: 'One version of a workflow, as it was',
    answers: {
      200: { description: 'The version.', schema: WorkflowView, example: exampleWorkflow },
    },
    errors: { 404: ['workflow.not_found', 'workflow.version_not_found'] },
  },
  {
    ...{ ...one, id: 'validateWorkflow', method: 'post', path: `${one.path}/validate` },
    summary: 'Check a workflow without starting it',
    answers: {
      200: {
        ...{ description: 'What was found.', schema: WorkflowFindings },
        example: { is_valid: true, errors: [], warnings: [] },
      },
    },
    errors: changeErrors,
  },
];

const writeOperations: readonly Operation[] = [
  {
    ...{ id: 'createWorkflow', method: 'post', path: '/workflows', tag },
    summary: 'Save a new workflow',
    headers: ['Idempotency-Key'],
    body: {
      schema: CreateWorkflowRequest,
      example: { name: 'Greeting', description: 'Says hello', ...exampleGraph },
    },
    answers: { 201: saved('The workflow as it was saved, a draft.', true) },
    errors: {
      ...{ 400: ['workflow.invalid_structure'], 403: ['auth.not_allowed'] },
      ...{ 404: ['workspace.not_found'], 422: ['request.idempotency_key_reused'] },
    },
  },
  {
    ...{ ...one, id: 'changeWorkflow', method: 'put' },
    summary: 'Save a workflow again',
    description:
      'Raises its version. What is absent stays; `description: null` and `tags: []` empty theirs, any other null keeps.',
    headers: ['If-Match'],
    body: { schema: ChangeWorkflowRequest, example: { name: 'Greeting, kindly' } },
    answers: { 200: saved('The workflow as it stands now.') },
    errors: {
      ...{ 400: ['workflow.invalid_structure'], ...changeErrors },
      ...{ 412: ['workflow.version_mismatch'] },
    },
  },
  {
    ...{ ...one, id: 'deleteWorkflow', method: 'delete' },
    summary: 'Delete a workflow',
    description: 'Its runs keep the definition that they were started with.',
    answers: { 204: { description: 'It is gone.', headers: ['Studio-Position'] } },
    errors: { ...changeErrors, 409: ['workflow.halted'] },
  },
  {
    ...{ ...one, id: 'changeWorkflowStatus', method: 'patch', path: `${one.path}/status` },
    summary: 'Publish, archive, or take back to a draft',
    body: { schema: ChangeWorkflowStatusRequest, example: { status: 'published' } },
    answers: { 200: saved('The workflow as it stands now.') },
    errors: {
      ...changeErrors,
      ...{
        400: ['workflow.unknown_kind', 'schedule.invalid', 'trigger.invalid'],
        409: ['append.conflict'],
      },
    },
  },
  {
    ...{ ...one, id: 'duplicateWorkflow', method: 'post', path: `${one.path}/duplicate` },
    summary: 'Copy a workflow',
    description: 'The copy is a private draft; agents are copied with it unless told otherwise.',
    headers: ['Idempotency-Key'],
    body: {
      ...{ schema: DuplicateWorkflowRequest, required: false },
      example: { name: 'Greeting, second try' },
    },
    answers: { 201: saved('The copy.', true) },
    errors: {
      ...{ 403: ['auth.not_allowed'], 404: ['workflow.not_found', 'workspace.not_found'] },
      ...{ 422: ['request.idempotency_key_reused'] },
    },
  },
];

export const workflowOperations: readonly Operation[] = [...readOperations, ...writeOperations];
