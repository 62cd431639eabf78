import { z } from 'zod';

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
import { exampleIds } from './examples.ts';
import { at, one, params, readErrors, tag } from './executionPath.ts';
import type { Operation } from './operation.ts';
import { ExecutionsQuery, FactsQuery, ReplayQuery } from './queries.ts';
import { shownAs } from './shownAs.ts';

export const executionReads: readonly Operation[] = [
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
