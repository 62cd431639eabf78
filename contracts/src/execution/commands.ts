import type { z } from 'zod';

import type { Effect } from '../workflow/graph.ts';
import type { executionEvents, Failure, ModelTurn } from './events.ts';

/** Orders to one run. `now` is an Instant; ids, keys and values arrive inside, so that deciding stays pure. */
export type ExecutionCommand =
  | { type: 'StartWorkflow'; data: z.infer<typeof executionEvents.WorkflowStarted> }
  /** Records what follows by itself from the facts so far: triggers, joins, dead paths, the end. */
  | { type: 'SettleRun'; data: Record<string, never> }
  /** Records the intent of an effect; `input` is the evaluated settings. */
  | {
      type: 'StartNode';
      data: {
        instanceId: string;
        epoch: number;
        effect: Effect;
        idempotencyKey: string;
        input: unknown;
      };
    }
  /** The outcome of a pure node, which has no intent before it. */
  | { type: 'CompletePureNode'; data: { instanceId: string; handle: string; output: unknown } }
  /** A node that failed before any effect began: its settings or its expression are wrong. */
  | { type: 'FailPureNode'; data: { instanceId: string; error: Failure } }
  | {
      type: 'CompleteNode';
      data: {
        instanceId: string;
        attempt: number;
        epoch: number;
        handle: string;
        output: unknown;
        turns: readonly { turn: ModelTurn; answer: unknown }[];
      };
    }
  | {
      type: 'FailNode';
      data: { instanceId: string; attempt: number; epoch: number; error: Failure; now: string };
    }
  | { type: 'SetTimer'; data: { instanceId: string; dueAt: string } }
  | { type: 'FireTimer'; data: { timerId: string; now: string } }
  /** A new owner found an attempt of an older epoch without an outcome. */
  | { type: 'RecoverNode'; data: { instanceId: string; epoch: number; now: string } }
  | { type: 'CancelWorkflow'; data: { reason: string | null } }
  | { type: 'PauseWorkflow'; data: { reason: string | null } }
  | { type: 'ResumeWorkflow'; data: Record<string, never> }
  /** A person has a failed run go on. */
  | { type: 'RetryWorkflow'; data: Record<string, never> }
  /** A person settles a node in doubt. */
  | {
      type: 'ResolveNode';
      data: {
        nodeId: string;
        resolution:
          | { action: 'retry' }
          | { action: 'fail'; message: string }
          | { action: 'outcome'; output: unknown };
        now: string;
      };
    }
  /** The run's data key is gone. */
  | { type: 'RecordErasure'; data: Record<string, never> };
