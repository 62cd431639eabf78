import type { Meter } from '@opentelemetry/api';
import type { Definition, ExecutionEvent } from '@studio/contracts';

import { runSeconds } from './buckets.ts';
import { createTally } from './tally.ts';

/** Facts that an executor recorded of one run. */
export interface RecordedFacts {
  readonly definition: Definition;
  readonly events: readonly ExecutionEvent[];
  /** When the run was started, and when these were recorded. */
  readonly startedAt: string;
  readonly now: string;
}

const statusOf: Partial<Record<ExecutionEvent['type'], string>> = {
  NodeStarted: 'started',
  NodeCompleted: 'completed',
  NodeFailed: 'failed',
  NodeSkipped: 'skipped',
  NodeCancelled: 'cancelled',
  NodeInDoubt: 'in_doubt',
};
const endOf: Partial<Record<ExecutionEvent['type'], string>> = {
  WorkflowCompleted: 'completed',
  WorkflowFailed: 'failed',
  WorkflowCancelled: 'cancelled',
};

const kindsOf = new WeakMap<Definition, ReadonlyMap<string, string>>();
const kindOf = (definition: Definition, nodeId: string): string => {
  const kinds =
    kindsOf.get(definition) ?? new Map(definition.nodes.map(({ id, kind }) => [id, kind]));
  kindsOf.set(definition, kinds);
  return kinds.get(nodeId) ?? 'unknown';
};

/** The start is told by the clock of an API, the end by the database's: a short run may seem to end before it. */
const secondsBetween = (startedAt: string, now: string): number =>
  Math.max(0, Date.parse(now) - Date.parse(startedAt)) / 1_000;

/** Counts what executors do: nodes by kind, model calls, and how long runs take. */
export const createRunMetrics = (meter: Meter): ((facts: RecordedFacts) => void) => {
  const countOf = createTally(
    meter,
    'workflow_node_executions_total',
    'Node executions by kind and by what became of them',
  );
  const seconds = meter.createHistogram('workflow_execution_duration_seconds', {
    description: 'From the start of a run to its end, waiting included',
    advice: { explicitBucketBoundaries: runSeconds },
  });
  const calls = meter.createCounter('ai_api_calls_total', { description: 'Turns of models' });
  const tokens = meter.createCounter('ai_tokens_consumed_total', {
    description: 'Tokens that models read and wrote',
  });
  const errors = meter.createCounter('ai_api_errors_total', {
    description: 'Attempts that a model failed, by error code',
  });

  const countTurn = (event: Extract<ExecutionEvent, { type: 'ModelTurnCompleted' }>): void => {
    const { model, simulated, inputTokens, outputTokens } = event.data;
    calls.add(1, { model, simulated });
    tokens.add(inputTokens, { model, simulated, direction: 'input' });
    tokens.add(outputTokens, { model, simulated, direction: 'output' });
  };
  const countNode = (definition: Definition, event: ExecutionEvent): void => {
    const status = statusOf[event.type];
    if (status !== undefined && 'nodeId' in event.data) {
      const kind = kindOf(definition, event.data.nodeId);
      countOf(`${kind} ${status}`, () => ({ kind, status }));
    }
    if (event.type === 'NodeFailed' && event.data.error.code.startsWith('model.'))
      errors.add(1, { code: event.data.error.code });
  };

  return ({ definition, events, startedAt, now }) => {
    for (const event of events) {
      const end = endOf[event.type];
      if (end !== undefined) seconds.record(secondsBetween(startedAt, now), { status: end });
      else if (event.type === 'ModelTurnCompleted') countTurn(event);
      else countNode(definition, event);
    }
  };
};
