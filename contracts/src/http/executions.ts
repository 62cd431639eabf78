import { z } from 'zod';

import {
  CancelExecutionRequest,
  PauseExecutionRequest,
  ResolveNodeRequest,
  RewindExecutionRequest,
  SkipNodeRequest,
  StartExecutionRequest,
  StartWorkflowExecutionRequest,
} from '../execution/requests.ts';
import { ExecutionView } from '../execution/views.ts';
import { AcceptedExecution, ActionResult, NodeActionResult, SkippedStart } from './answers.ts';
import { deadLetterOperations } from './deadLetters.ts';
import { exampleIds, exampleTrigger } from './examples.ts';
import { at, params, readErrors, tag } from './executionPath.ts';
import { executionReads } from './executionReads.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const startErrors = {
  400: ['workflow.validation_failed', 'workflow.unknown_kind'],
  403: ['auth.not_allowed'],
  404: ['workflow.not_found', 'workflow.version_not_found', 'workflow.alias_not_found'],
  409: [
    ...['workflow.not_published', 'workflow.halted', 'workspace.halted'],
    'execution.place_taken',
  ],
  422: ['request.idempotency_key_reused'],
} as const;
const skipped = { description: 'Skipped: this run is still open.', schema: SkippedStart };
const result = (message: string, status: string, more = {}) => ({
  example: { success: true, message, execution_id: exampleIds.execution, status, ...more },
  headers: ['Studio-Position'] as const,
});

const startOperations: readonly Operation[] = [
  {
    ...{ id: 'startExecution', method: 'post', path: '/executions', tag },
    summary: 'Start a run',
    description:
      'Answers once the order is on disk. Send an Idempotency-Key and the run is started once, however often you ask. With `scheduled_at` it is pending until then, and begins at that time. `business_key`, `tags` and `labels` are names that it is found by.',
    headers: ['Idempotency-Key'],
    body: {
      schema: StartExecutionRequest,
      example: {
        ...{ workflow_id: exampleIds.workflow, trigger_data: exampleTrigger },
        ...{ business_key: 'order-17', tags: ['urgent'], labels: { customer: 'acme' } },
      },
    },
    answers: {
      200: skipped,
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
    description: 'Answers with the whole shape of the run.',
    headers: ['Idempotency-Key'],
    body: { schema: StartWorkflowExecutionRequest, example: { input_data: exampleTrigger } },
    answers: {
      200: skipped,
      201: {
        ...{ description: 'The run before its first step.', schema: ExecutionView },
        headers: ['Studio-Position'],
      },
    },
    errors: startErrors,
  },
];

const orderErrors = { ...readErrors, 403: ['auth.not_allowed'] } as const;

const orderOperations: readonly Operation[] = [
  {
    ...{ ...at('cancel'), id: 'cancelExecution', method: 'post' },
    summary: 'Cancel a run',
    description:
      'What is under way is called off. A run that has something to undo goes on until it is undone, and is cancelled then: effects that declare an undo end before. Cancelling it again meanwhile changes nothing.',
    body: {
      schema: CancelExecutionRequest,
      required: false,
      example: { reason: 'No longer needed' },
    },
    answers: {
      200: {
        ...{ description: 'It is cancelled, or is about to be.', schema: ActionResult },
        ...result('Execution cancelled successfully', 'cancelled'),
      },
    },
    errors: { ...orderErrors, 400: ['execution.malformed_id', 'execution.not_cancellable'] },
  },
  {
    ...{ ...at('pause'), id: 'pauseExecution', method: 'post' },
    summary: 'Have a run stand still',
    description:
      'What is under way ends and is recorded; nothing new begins. What it waits for (a time, a person) may come meanwhile, and counts once the run goes on. Pausing a paused run changes nothing.',
    body: {
      schema: PauseExecutionRequest,
      required: false,
      example: { reason: 'The other side is under repair' },
    },
    answers: {
      200: {
        ...{ description: 'It stands still.', schema: ActionResult },
        ...result('Execution paused successfully', 'paused'),
      },
    },
    errors: { ...orderErrors, 400: ['execution.malformed_id', 'execution.not_pausable'] },
  },
  {
    ...{ ...at('resume'), id: 'resumeExecution', method: 'post' },
    summary: 'Have a paused run go on',
    description: 'Resuming a run that is not paused changes nothing.',
    answers: {
      200: {
        ...{ description: 'It goes on.', schema: ActionResult },
        ...result('Execution resumed successfully', 'running'),
      },
    },
    errors: {
      ...orderErrors,
      400: ['execution.malformed_id', 'execution.not_resumable'],
      409: ['execution.halted', 'workflow.halted', 'workspace.halted'],
    },
  },
  {
    ...{ ...at('retry'), id: 'retryExecution', method: 'post' },
    summary: 'Run again what failed',
    description:
      'What succeeded is kept and never done twice. Only a failed run can be retried, as often as its `max_retries` says, and none that has undone what it did.',
    answers: {
      200: {
        ...{ description: 'It goes on.', schema: ActionResult },
        ...result('Execution retry initiated', 'pending'),
      },
    },
    errors: {
      ...orderErrors,
      400: ['execution.malformed_id', 'execution.not_retryable', 'execution.erased'],
      409: ['workflow.halted', 'workspace.halted'],
    },
  },
  {
    ...{ ...at('rerun'), id: 'rerunExecution', method: 'post' },
    summary: 'Run it all again',
    description:
      'Starts another run, at once, with what this one was started with: its trigger, context, names, limits and definition, whatever became of the workflow since. Only a run that has ended can be run again, and none that another one started for a node of its own. Its `rerun_of` names this run, which stays as it is.',
    headers: ['Idempotency-Key'],
    answers: {
      200: skipped,
      202: {
        ...{ description: 'The run was accepted.', schema: AcceptedExecution },
        headers: ['Studio-Position'],
      },
    },
    errors: {
      ...orderErrors,
      400: [
        ...(['execution.malformed_id', 'execution.not_ended', 'execution.erased'] as const),
        'execution.not_rerunnable',
      ],
      404: ['execution.not_found', 'workflow.not_found'],
      409: ['workflow.halted', 'workspace.halted', 'execution.place_taken'],
      422: ['request.idempotency_key_reused'],
    },
  },
  {
    ...{ ...at('rewind'), id: 'rewindExecution', method: 'post' },
    summary: 'Send a run back to an earlier node',
    description:
      'The node and all that follows it happen anew, under new idempotency keys; what comes before it, and beside it, stays. What is under way behind it is called off. Refused where an effect behind it is in doubt, or under way and not safe to be called off. A failed run is retried by it, which counts.',
    body: {
      schema: RewindExecutionRequest,
      example: { node_id: 'greet', reason: 'The wrong name' },
    },
    answers: {
      200: {
        ...{ description: 'It goes on from there.', schema: NodeActionResult },
        ...result('Execution sent back', 'running', { node_id: 'greet' }),
      },
    },
    errors: {
      ...orderErrors,
      400: [
        ...(['execution.malformed_id', 'execution.not_rewindable', 'execution.erased'] as const),
        ...(['execution.not_retryable', 'node.not_rewindable'] as const),
      ],
      404: ['execution.not_found', 'node.not_found'],
      409: ['workflow.halted', 'workspace.halted'],
    },
  },
  {
    ...{ ...at('nodes/{node_id}/resolve'), id: 'resolveNode', method: 'post' },
    params: params.extend({ node_id: z.string().meta({ example: 'greet' }) }),
    summary: 'Settle a node in doubt, or one that is held',
    description:
      'An effect began and nobody knows its outcome, or the node failed and waits for a person: say whether to try again, to let it fail, or what came out of it.',
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
    ...{ ...at('nodes/{node_id}/skip'), id: 'skipNode', method: 'post' },
    params: params.extend({ node_id: z.string().meta({ example: 'greet' }) }),
    summary: 'Go on past a node',
    description:
      'The run goes on as if the node had ended with `output`, by its output `handle`. Only a node in doubt, one that is held, and one that waits to be tried again can be skipped. Skipping it again changes nothing.',
    body: {
      schema: SkipNodeRequest,
      required: false,
      example: { output: { sent: false }, reason: 'The other side is gone' },
    },
    answers: {
      200: {
        ...{ description: 'The run goes on.', schema: NodeActionResult },
        ...result('Node skipped successfully', 'running', { node_id: 'greet' }),
      },
    },
    errors: {
      ...orderErrors,
      400: ['execution.malformed_id', 'node.not_skippable', 'node.handle_unknown'],
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
  ...deadLetterOperations,
  ...executionReads,
  ...orderOperations,
];
