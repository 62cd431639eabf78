import { z } from 'zod';

import {
  CancelExecutionRequest,
  ResolveNodeRequest,
  StartExecutionRequest,
  StartWorkflowExecutionRequest,
} from '../execution/requests.ts';
import {
  ExecutionDetailView,
  ExecutionView,
  FactsView,
  LogEntry,
  NodeExecutionDetailView,
  NodeExecutionView,
  ReplayView,
} from '../execution/views.ts';
import { pageOf } from '../page.ts';
import { AcceptedExecution, ActionResult, NodeActionResult } from './answers.ts';
import { exampleIds, exampleTrigger } from './examples.ts';
import type { Operation } from './operation.ts';
import { ExecutionsQuery, FactsQuery, ReplayQuery } from './queries.ts';
import { shownAs } from './shownAs.ts';
import { workflowParams } from './workflows.ts';

const tag = 'Executions';
/** A malformed id of a run is a 400, unlike others. */
const RunId = shownAs(z.string(), {
  type: 'string',
  format: 'uuid',
  example: exampleIds.execution,
});
const params = z.object({ execution_id: RunId });
const one = { path: '/executions/{execution_id}', params, tag } as const;
const at = (rest: string) => ({ ...one, path: `${one.path}/${rest}` });

const readErrors = { 400: ['execution.malformed_id'], 404: ['execution.not_found'] } as const;
const startErrors = {
  400: ['workflow.validation_failed', 'workflow.unknown_kind'],
  403: ['auth.not_allowed'],
  404: ['workflow.not_found'],
  422: ['request.idempotency_key_reused'],
} as const;
const result = (message: string, status: string, more = {}) => ({
  example: { success: true, message, execution_id: exampleIds.execution, status, ...more },
  headers: ['Studio-Position'] as const,
});

const startOperations: readonly Operation[] = [
  {
    ...{ id: 'startExecution', method: 'post', path: '/executions', tag },
    summary: 'Start a run',
    description:
      'Answers once the order is on disk. Send an Idempotency-Key and the run is started once, however often you ask.',
    headers: ['Idempotency-Key'],
    body: {
      schema: StartExecutionRequest,
      example: { workflow_id: exampleIds.workflow, trigger_data: exampleTrigger },
    },
    answers: {
      202: {
        ...{ description: 'The run was accepted.', schema: AcceptedExecution },
        headers: ['Studio-Position'],
      },
    },
    errors: startErrors,
  },
  {
    ...{ id: 'startWorkflowExecution', method: 'post', tag, params: workflowParams },
    path: '/workflows/{workflow_id}/executions',
    summary: 'Start a run, the older way',
    description: 'Takes context, priority and retries as well, and answers with the whole shape.',
    headers: ['Idempotency-Key'],
    body: { schema: StartWorkflowExecutionRequest, example: { input_data: exampleTrigger } },
    answers: {
      201: {
        ...{ description: 'The run before its first step.', schema: ExecutionView },
        headers: ['Studio-Position'],
      },
    },
    errors: startErrors,
  },
];

const readOperations: readonly Operation[] = [
  {
    ...{ id: 'listExecutions', method: 'get', path: '/executions', tag },
    summary: 'List runs',
    description: 'Those of the personal workspace, the newest first.',
    query: ExecutionsQuery,
    headers: ['Studio-Min-Position'],
    answers: {
      200: {
        ...{ description: 'A page of them.', schema: pageOf(ExecutionView) },
        headers: ['Studio-Stale'],
      },
    },
    errors: { 400: ['execution.malformed_id'] },
  },
  {
    ...{ ...one, id: 'getExecution', method: 'get' },
    summary: 'One run with its nodes and its log',
    headers: ['Studio-Min-Position'],
    answers: { 200: { description: 'The run.', schema: ExecutionDetailView } },
    errors: readErrors,
  },
  {
    ...{ ...at('nodes'), id: 'listNodes', method: 'get' },
    summary: 'The nodes of a run',
    headers: ['Studio-Min-Position'],
    answers: { 200: { description: 'The nodes.', schema: z.array(NodeExecutionView) } },
    errors: readErrors,
  },
  {
    ...{ ...at('nodes/{node_execution_id}'), id: 'getNode', method: 'get' },
    params: params.extend({
      node_execution_id: shownAs(z.string(), {
        ...{ type: 'string', format: 'uuid', example: exampleIds.nodeExecution },
      }),
    }),
    summary: 'One node of a run',
    headers: ['Studio-Min-Position'],
    answers: { 200: { description: 'The node.', schema: NodeExecutionDetailView } },
    errors: { ...readErrors, 404: ['execution.not_found', 'node.not_found'] },
  },
  {
    ...{ ...at('logs'), id: 'getLog', method: 'get' },
    summary: 'The log of a run',
    answers: { 200: { description: 'One line for each thing told.', schema: z.array(LogEntry) } },
    errors: readErrors,
  },
  {
    ...{ ...at('events'), id: 'listFacts', method: 'get' },
    summary: 'The facts of a run',
    description: 'Straight from its stream, with their envelopes and chain hashes.',
    query: FactsQuery,
    answers: { 200: { description: 'Facts in their order.', schema: FactsView } },
    errors: readErrors,
  },
  {
    ...{ ...at('replay'), id: 'replayExecution', method: 'get' },
    summary: 'The state of a run after any of its facts',
    description: 'Folds recorded facts and calls nothing.',
    query: ReplayQuery,
    answers: { 200: { description: 'How the run stood then.', schema: ReplayView } },
    errors: { ...readErrors, 404: ['execution.not_found', 'execution.revision_unknown'] },
  },
];

const orderErrors = { ...readErrors, 403: ['auth.not_allowed'] } as const;

const orderOperations: readonly Operation[] = [
  {
    ...{ ...at('cancel'), id: 'cancelExecution', method: 'post' },
    summary: 'Cancel a run',
    body: {
      schema: CancelExecutionRequest,
      required: false,
      example: { reason: 'No longer needed' },
    },
    answers: {
      200: {
        ...{ description: 'It is cancelled.', schema: ActionResult },
        ...result('Execution cancelled successfully', 'cancelled'),
      },
    },
    errors: { ...orderErrors, 400: ['execution.malformed_id', 'execution.not_cancellable'] },
  },
  {
    ...{ ...at('nodes/{node_id}/resolve'), id: 'resolveNode', method: 'post' },
    params: params.extend({ node_id: z.string().meta({ example: 'greet' }) }),
    summary: 'Settle a node in doubt',
    description:
      'An effect began and nobody knows its outcome: say whether to try again, to let it fail, or what came out of it.',
    body: { schema: ResolveNodeRequest, example: { action: 'outcome', output: { sent: true } } },
    answers: {
      200: {
        ...{ description: 'It is settled.', schema: NodeActionResult },
        ...result('Node resolved successfully', 'running', { node_id: 'greet' }),
      },
    },
    errors: {
      ...{ ...orderErrors, 400: ['execution.malformed_id', 'node.not_in_doubt'] },
      404: ['execution.not_found', 'node.not_found'],
    },
  },
  {
    ...{ ...at('forget'), id: 'forgetExecution', method: 'post' },
    summary: 'Erase the data of a run for good',
    description:
      "Deletes the run's data key: inputs, outputs and prompts can be read nowhere any more, in no backup either. Its facts stay, and their chain stays whole.",
    answers: {
      200: {
        ...{ description: 'It is erased.', schema: ActionResult },
        ...result('Execution data erased', 'completed'),
      },
    },
    errors: { ...orderErrors, 400: ['execution.malformed_id', 'execution.not_ended'] },
  },
];

export const executionOperations: readonly Operation[] = [
  ...startOperations,
  ...readOperations,
  ...orderOperations,
];
