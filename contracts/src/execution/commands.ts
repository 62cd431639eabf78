import type { z } from 'zod';

import type { Answerer, ApprovalDecision, approvalEvents } from '../approval/events.ts';
import type { HaltedRuns } from '../halts.ts';
import type { RegionSettings } from '../kinds.ts';
import type { Definition, Effect } from '../workflow/graph.ts';
import type { Permit, RunLimit } from '../workflow/runLimit.ts';
import type { WorkspaceRole } from '../workspace/events.ts';
import type { executionEvents, Failure, ModelTurn } from './events.ts';
import type { MovedNode } from './migration.ts';

/** How a child run ended. */
export type ChildEnd =
  | { readonly outcome: 'completed'; readonly output: unknown }
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string }
  | { readonly outcome: 'cancelled' };

/** Orders to one run. `now` is an Instant; ids, keys and values arrive inside, so that deciding stays pure. */
export type ExecutionCommand =
  | { type: 'StartWorkflow'; data: z.infer<typeof executionEvents.WorkflowStarted> }
  /** Records what follows by itself from the facts so far: triggers, joins, dead paths, the end. */
  | { type: 'SettleRun'; data: Record<string, never> }
  /** The keys of the limits that the run was started under are known. */
  | { type: 'RequestPermits'; data: { permits: readonly Permit[] } }
  /** The key of a limit cannot be evaluated: the run cannot begin. */
  | { type: 'BreakStart'; data: { error: Failure } }
  /** What was asked for by the fact `requestedAt` is granted. */
  | { type: 'GrantPermits'; data: { requestedAt: number } }
  /** A run that was started later begins in its place, by that Instant if one is set; it waits by the fact `requestedAt`. */
  | {
      type: 'SupersedeRun';
      data: { requestedAt: number; by: string; burstEndsBy: string | null };
    }
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
  /** How far an attempt has come. */
  | {
      type: 'ReportProgress';
      data: {
        instanceId: string;
        attempt: number;
        epoch: number;
        fraction: number | null;
        message: string | null;
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
  /** People are asked. */
  | {
      type: 'RequestApproval';
      data: Omit<
        z.infer<typeof approvalEvents.ApprovalRequested>,
        'nodeId' | 'attempt' | 'generation'
      >;
    }
  /** A person's answer to the approval that was requested by the fact `requestedAt`. */
  | {
      type: 'AnswerApproval';
      data: {
        requestedAt: number;
        decision: ApprovalDecision;
        by: Answerer;
        /** The person's role in the run's workspace; null for no member. */
        role: WorkspaceRole | null;
        comment: string | null;
        /** The payload as they changed it, with the hash of what is shown then. */
        edited: { payload: unknown; seenHash: string } | null;
        /** The hash of what they saw, if they told; an answer about anything else is refused. */
        seenHash: string | null;
      };
    }
  /** A person's answer: the run is to go back to that node. As in `AnswerApproval`. */
  | {
      type: 'SendApprovalBack';
      data: {
        requestedAt: number;
        nodeId: string;
        by: Answerer;
        role: WorkspaceRole | null;
        comment: string | null;
        seenHash: string | null;
        now: string;
      };
    }
  /** A region begins with what its settings say. */
  | { type: 'StartRegion'; data: { instanceId: string } & RegionSettings }
  /** What a loop's expression says before an iteration. */
  | { type: 'ContinueLoop'; data: { instanceId: string; index: number; goOn: boolean } }
  /** A loop's expression cannot be evaluated. */
  | { type: 'BreakLoop'; data: { instanceId: string; index: number; error: Failure } }
  /** A node waits for a signal; until `dueAt`, if there is one. */
  | {
      type: 'AwaitSignal';
      data: {
        instanceId: string;
        name: string | null;
        callback: boolean;
        selects: boolean;
        dueAt: string | null;
      };
    }
  /** Someone tells the run something. */
  | {
      type: 'ReceiveSignal';
      data: { signalId: string; name: string; payload: unknown; sentBy: string };
    }
  /** Someone answers by the callback URL of that attempt. */
  | { type: 'ReceiveCallback'; data: { instanceId: string; attempt: number; payload: unknown } }
  /** What a wait's expression says of a signal. */
  | { type: 'JudgeSignal'; data: { instanceId: string; signalId: string; holds: boolean } }
  /** A wait's expression cannot be evaluated for the signal. */
  | { type: 'FailJudging'; data: { instanceId: string; signalId: string; error: Failure } }
  /** The child run of that attempt is on record. */
  | {
      type: 'AwaitChild';
      data: {
        instanceId: string;
        attempt: number;
        epoch: number;
        childExecutionId: string;
        workflowId: string;
      };
    }
  /** The child run has ended. */
  | { type: 'EndChild'; data: { childExecutionId: string; end: ChildEnd; now: string } }
  /** Nobody waits any more for the child run that this is. */
  | { type: 'CancelOrphan'; data: Record<string, never> }
  | { type: 'SetTimer'; data: { instanceId: string; dueAt: string } }
  | { type: 'FireTimer'; data: { timerId: string; now: string } }
  /** A new owner found an attempt of an older epoch without an outcome. */
  | { type: 'RecoverNode'; data: { instanceId: string; epoch: number; now: string } }
  | { type: 'CancelWorkflow'; data: { reason: string | null } }
  | { type: 'PauseWorkflow'; data: { reason: string | null } }
  | { type: 'ResumeWorkflow'; data: Record<string, never> }
  /** A kill switch was turned on, and off again. */
  | { type: 'HaltRun'; data: { runs: HaltedRuns; reason: string | null } }
  | { type: 'ReleaseRun'; data: Record<string, never> }
  /** A person has a failed run go on. */
  | { type: 'RetryWorkflow'; data: { now: string; redriveId?: string } }
  /** A person has an open run go by another version of its workflow. */
  | {
      type: 'MigrateRun';
      data: {
        toVersion: number;
        definition: Definition;
        definitionHash: string;
        /** What the runs of that version begin under. */
        limits: readonly RunLimit[];
        deadlineAfterMs: number | null;
        nodes: readonly MovedNode[];
        /** The run has to go by one of these; null: by any. */
        fromVersions: readonly number[] | null;
      };
    }
  /** A person settles a node in doubt, or one that is held. */
  | {
      type: 'ResolveNode';
      data: {
        nodeId: string;
        resolution:
          | { action: 'retry' }
          | { action: 'fail'; message?: string | undefined }
          | { action: 'outcome'; output: unknown };
        now: string;
      };
    }
  /** A person has the run go on past a node that waits to be tried again, or for a person. */
  | {
      type: 'SkipNode';
      data: { nodeId: string; output: unknown; handle: string; reason: string | null };
    }
  /** A person sends the run back to an earlier node. */
  | { type: 'RewindWorkflow'; data: { nodeId: string; reason: string | null; now: string } }
  /** The run's data key is gone. */
  | { type: 'RecordErasure'; data: Record<string, never> };
