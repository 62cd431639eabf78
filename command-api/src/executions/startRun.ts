import {
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type FiredBy,
  type Head,
  type KeyId,
  type Metadata,
  type RunNames,
  type StreamName,
  type TriggerType,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import {
  type Cause,
  type Choice,
  chosenVersion,
  haltIn,
  handle,
  isSaved,
  type Pin,
  placeTaken,
  refuseHalted,
  run,
  type SavedWorkflow,
  startData,
  workflow,
  type WorkflowAt,
} from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Request, Response } from 'express';

import type { Access } from '../access.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';
import { type Claimed, claimOf, madeBefore } from '../idempotency.ts';
import { causeOf } from '../requests.ts';
import { workflowNotFound } from '../workflows/workflowAnswer.ts';
import { namedBy } from './namedBy.ts';

/** What a client asks of a run, whichever route it came by. */
export interface Asked {
  readonly workflowId: string;
  readonly triggerType: TriggerType;
  readonly trigger: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly priority: number;
  readonly maxRetries: number;
  /** The Instant to begin at; absent: at once. */
  readonly scheduledAt?: string;
  /** The trigger node that it begins at; absent: at every one. */
  readonly firedBy?: FiredBy;
  /** What the caller calls it; absent: nothing. */
  readonly names?: RunNames;
}

export interface StartParts {
  readonly dependencies: CommandApiDependencies;
  readonly folds: Folds;
  readonly access: Access;
  readonly pin: Pin;
  readonly workflowAt: WorkflowAt;
}

interface Requested {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  /** The route's method and pattern, which an Idempotency-Key belongs to. */
  readonly route: string;
  readonly choice: Choice;
}

const workflowToRun = async (
  { folds, access, workflowAt }: StartParts,
  { caller, choice }: Requested,
  id: string,
) => {
  const stream = workflowStream(id as WorkflowId); // checked to be one
  const { state, opened } = await folds.load(workflow, stream);
  if (!isSaved(state) || !opened) throw workflowNotFound();
  const { workspaceId } = opened;
  const around = await access(caller, workspaceId, 'execute_workflows', workflowNotFound);
  refuseHalted(state, { halt: haltIn(around) });
  const saved = await chosenVersion(workflowAt, { stream, saved: state }, choice);
  return { workspaceId, saved };
};

/** A run as it was started: its opening fact, the metadata of that, and where it stands in the log. */
export interface Started {
  readonly data: Extract<ExecutionEvent, { type: 'WorkflowStarted' }>['data'];
  readonly opened: Metadata;
  readonly head: Head | null;
}

/** What opens a run, beside what is asked of it. */
export interface Opening {
  readonly executionId: ExecutionId;
  readonly saved: SavedWorkflow;
  readonly userId: string;
  readonly cause: Cause;
}

/** Records the fact that opens a run; null when a run of that id was there before. Error: `execution.place_taken`. */
export const recordOpening = async (
  dependencies: CommandApiDependencies,
  data: Started['data'],
  cause: Cause,
): Promise<Started | null> => {
  const taken = await dependencies.singletons.take(data);
  if (taken) throw placeTaken(taken);
  const stream = executionStream(data.executionId as ExecutionId); // the log holds the id as plain text
  const runKey = data.keyId as KeyId; // the log holds the id as plain text
  const { events, opened, head } = await handle(dependencies, run, {
    ...{ stream, fresh: true, keys: () => ({ run: runKey }), cause },
    command: { type: 'StartWorkflow', data },
  });
  return events.length > 0 && opened ? { data, opened, head } : null;
};

/**
 * Records the start of a run; null when a run of that id was there before. Errors: those of `pin`, and
 * `execution.place_taken`.
 */
export const recordStart = async (
  { dependencies, pin }: Pick<StartParts, 'dependencies' | 'pin'>,
  { executionId, saved, userId, cause }: Opening,
  { names, ...asked }: Asked,
): Promise<Started | null> => {
  const pinned = pin(saved);
  const keyId = await dependencies.keys.reserve();
  const named = namedBy(dependencies.auth.nameHmac, cause.workspaceId, names);
  const data = startData({ ...asked, ...named }, saved, pinned, {
    ...{ executionId, userId, keyId },
    now: cause.occurredAt,
  });
  return recordOpening(dependencies, data, cause);
};

/** Null when another request with the same Idempotency-Key started it first. */
const start = async (
  parts: StartParts,
  requested: Requested,
  asked: Asked,
  { executionId, claimed }: { executionId: ExecutionId; claimed: Claimed | null },
): Promise<Started | null> => {
  const { request, response, caller } = requested;
  const { workspaceId, saved } = await workflowToRun(parts, requested, asked.workflowId);
  const follows = causeOf(parts.dependencies, request, response, { ...caller, workspaceId });
  const cause = claimed ? { ...follows, requestHash: claimed.requestHash } : follows;
  return recordStart(parts, { executionId, saved, userId: caller.userId, cause }, asked);
};

/** The run of that stream, if this very request started it before; null when nothing is claimed. */
const startedBefore = async (
  { log }: CommandApiDependencies,
  stream: StreamName,
  claimed: Claimed | null,
): Promise<Started | null> => {
  const made = claimed && (await madeBefore(log, run, stream, claimed));
  if (made?.first.type !== 'WorkflowStarted' || !made.opened) return null;
  return { data: made.first.data, opened: made.opened, head: made.head };
};

/**
 * The run that the claimed request started before, else the one that `begin` starts: asked first, so
 * that a repetition is refused for nothing that has changed since, and uses up no data key.
 * Error: `request.idempotency_key_reused`, and those of `begin`.
 */
export const startOnce = async (
  dependencies: CommandApiDependencies,
  claimed: Claimed | null,
  begin: (executionId: ExecutionId) => Promise<Started | null>,
): Promise<Started> => {
  const executionId = (claimed?.id ?? dependencies.newId()) as ExecutionId; // here execution ids come to be
  const before = () => startedBefore(dependencies, executionStream(executionId), claimed);
  const started = (await before()) ?? (await begin(executionId)) ?? (await before());
  if (!started) throw new Error('a run was neither started nor found'); // an id of ours met a foreign stream
  return started;
};

/** Starts a run, or answers with the one that the same Idempotency-Key started. */
export const startRun = async (
  parts: StartParts,
  requested: Requested,
  asked: Asked,
): Promise<Started> => {
  const { dependencies } = parts;
  const claimed = claimOf(dependencies, requested.request, requested.caller, requested.route);
  return startOnce(dependencies, claimed, (executionId) =>
    start(parts, requested, asked, { executionId, claimed }),
  );
};
