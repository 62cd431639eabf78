import {
  type EventLog,
  type ExecutionCommand,
  type ExecutionId,
  executionStream,
  type NewId,
  type RecordedEvent,
  StudioError,
  SubWorkflowConfig,
  type Timekeeper,
  type WorkflowId,
  workflowStream,
  type WorkspaceId,
  workspaceStream,
} from '@studio/contracts';
import {
  type Cause,
  chosenVersion,
  createWorkflowAt,
  haltIn,
  inputOf,
  isSaved,
  load,
  type PlannedEffect,
  refuseHalted,
  type Run,
  type SavedWorkflow,
  workspace,
} from '@studio/domain';

import { refuseDepth } from './depth.ts';
import type { Triggers } from './triggers.ts';
import { untilAnswered } from './untilAnswered.ts';

type Perform = Extract<PlannedEffect, { type: 'perform' }>;

export interface StartChildParts {
  readonly log: EventLog;
  readonly newId: NewId;
  /** Names this executor in the facts it records. */
  readonly owner: string;
  readonly deterministicId: (parts: readonly string[]) => string;
  readonly time: Timekeeper;
  readonly triggers: Triggers;
}

/** When the attempt is made, as an Instant, and what calls it off. */
export interface AroundStart {
  readonly now: string;
  readonly signal: AbortSignal;
}

/**
 * Starts the run that a sub-workflow's node stands for, unless it is there already: its id follows from the
 * node's instance and from how often that was begun anew, so that no crash starts it twice. While the log gives no
 * answer it asks again: the next attempt would start another one.
 * Errors: `run.too_deep`, `workflow.not_found`, `workflow.halted` and the like, and those of pinning.
 */
export type StartChild = (
  run: Run,
  effect: Perform,
  around: AroundStart,
) => Promise<ExecutionCommand>;

const notFound = (workflowId: string): StudioError =>
  new StudioError(
    'not_found',
    'workflow.not_found',
    `There is no workflow ${workflowId} in the workspace of this execution`,
  );

export const createStartChild = (parts: StartChildParts): StartChild => {
  const { log, newId, owner, deterministicId, time, triggers } = parts;
  const workflowAt = createWorkflowAt(log);

  /** The fact by which the attempt began. */
  const intentOf = async (run: Run, { state }: Perform): Promise<RecordedEvent> => {
    const range = { from: state.at, limit: 1 };
    const [intent] = await log.readStream(executionStream(run.executionId), range, 'sealed');
    if (!intent) throw new Error(`${run.executionId} has no fact ${state.at}`);
    return intent;
  };

  const causeOf = ({ eventId, metadata }: RecordedEvent, now: string): Cause => ({
    ...{ correlationId: metadata.correlationId, causationId: eventId, commandId: newId() },
    ...{ actor: { kind: 'executor', id: owner }, workspaceId: metadata.workspaceId },
    ...(metadata.traceparent === undefined ? {} : { traceparent: metadata.traceparent }),
    occurredAt: now,
  });

  const versionFor = async (
    { workflowId, version, alias }: SubWorkflowConfig,
    workspaceId: string,
  ): Promise<SavedWorkflow> => {
    const id = workflowId.toLowerCase() as WorkflowId; // checked to be a UUID
    const { state, opened } = await triggers.workflowOf(id);
    if (!isSaved(state) || opened?.workspaceId !== workspaceId) throw notFound(workflowId);
    const around = await load(log, workspace, workspaceStream(workspaceId as WorkspaceId)); // plain text in the log
    refuseHalted(state, { halt: haltIn(around.state) });
    const chosen = { stream: workflowStream(id), saved: state };
    return chosenVersion(workflowAt, chosen, version === undefined ? { alias } : { version });
  };

  const start = async (
    executionId: ExecutionId,
    { run, effect, config }: { run: Run; effect: Perform; config: SubWorkflowConfig },
    cause: Cause,
  ): Promise<void> => {
    const { instanceId, node } = effect;
    const depth = run.depth + 1;
    refuseDepth(depth);
    const saved = await versionFor(config, cause.workspaceId);
    await triggers.start(
      { executionId, saved, userId: run.userId, cause },
      {
        ...{ workflowId: saved.workflowId, triggerType: 'sub_workflow', context: run.context },
        trigger: 'input' in config ? config.input : inputOf(run, instanceId),
        ...{ priority: run.priority, maxRetries: run.maxRetries, depth },
        parent: { executionId: run.executionId, nodeId: node.id, instanceId },
      },
    );
  };

  return async (run, effect, { now, signal }) => {
    const { instanceId, state } = effect;
    const { attempt, epoch, generation, failures } = state;
    const begun = [run.executionId, instanceId, String(generation), String(failures)];
    const id = deterministicId(['child', ...begun]);
    const childExecutionId = id as ExecutionId; // here the ids of children come to be
    const config = SubWorkflowConfig.parse(state.input);
    const startOnce = async (): Promise<void> => {
      if (await log.head(executionStream(childExecutionId))) return;
      const cause = causeOf(await intentOf(run, effect), now);
      await start(childExecutionId, { run, effect, config }, cause);
    };
    await untilAnswered(startOnce, { time, signal });
    const workflowId = config.workflowId.toLowerCase();
    return {
      type: 'AwaitChild',
      data: { instanceId, attempt, epoch, childExecutionId, workflowId },
    };
  };
};
