export { type Decider, foldBy } from './decider.ts';
export { type Cause, follow } from './follow.ts';
export { refuseHalted } from './halts.ts';
export {
  handle,
  type Handled,
  load,
  type Loaded,
  type Order,
  type Patience,
  type Shell,
} from './handle.ts';
export {
  apply as applyToDraft,
  type Approval,
  type Approvals,
  approvalStatus,
  approvalTimer,
  type AttemptAgain,
  comingIteration,
  deadlineTimer,
  decide as decideRun,
  draftOf as draftOfRun,
  evolve as evolveRun,
  fold as foldRun,
  initialRun,
  inputOf,
  isAssigned,
  isEnding,
  isForgotten,
  isLinkOver,
  isOver,
  type IterationAround,
  iterationsAround,
  mostDepth,
  type NodeState,
  outputOf,
  type PlannedEffect,
  plan as planRun,
  refuseLinkThatIsOver,
  retryTimerId,
  type Run,
  type Draft as RunDraft,
  type RunningState,
  type RunStatus,
  shownStatus,
  startTimerId,
  visibleFrom,
  votesFor,
  wasCalledOff,
} from './run/index.ts';
export { run } from './runDecider.ts';
export { type User, user, type UserCommand } from './user/user.ts';
export type { Agent, NewAgent } from './workflow/agents.ts';
export {
  type Choice,
  chosenVersion,
  createWorkflowAt,
  type WorkflowAt,
} from './workflow/chosenVersion.ts';
export type { WorkflowCommand } from './workflow/commands.ts';
export { compensationErrors } from './workflow/compensation.ts';
export { type Defined, defineWorkflow, type UnknownKind } from './workflow/define.ts';
export type { EventTrigger, NewEventTrigger } from './workflow/eventTriggers.ts';
export { expressionsIn } from './workflow/expressions.ts';
export { decideFirings, type Firings, missedAfterMs } from './workflow/firings.ts';
export type { KindLookup } from './workflow/kindLookup.ts';
export { paletteKinds } from './workflow/palette.ts';
export {
  createPinning,
  type Pin,
  type Pinned,
  type PinningParts,
  refuseUnknown,
  unreadableIn,
} from './workflow/pin.ts';
export { placeTaken, skippedFor } from './workflow/placeTaken.ts';
export { publishedOf } from './workflow/published.ts';
export { controlFlowWarnings, isRegion, regionErrors } from './workflow/regions.ts';
export { rerunData } from './workflow/rerun.ts';
export { runLimitErrors } from './workflow/runLimits.ts';
export {
  isSaved,
  type PublishedVersion,
  type SavedWorkflow,
  type Workflow,
} from './workflow/savedWorkflow.ts';
export type { NewSchedule, Schedule, ScheduleContent } from './workflow/schedules.ts';
export { type StartAsked, type StartData, startData } from './workflow/start.ts';
export { disconnectedNodes, firstOf, graphError, structureErrors } from './workflow/structure.ts';
export { deadlineFrom, timeLimitErrors } from './workflow/timeLimits.ts';
export { whyUnknown } from './workflow/unknownKinds.ts';
export { type Alias, aliasOf, endOfVersion } from './workflow/versions.ts';
export type { Webhook } from './workflow/webhook.ts';
export { workflow } from './workflow/workflow.ts';
export { mayDo, type WorkspaceAction } from './workspace/roles.ts';
export {
  haltIn,
  roleOf,
  runDaysIn,
  type Workspace,
  workspace,
  type WorkspaceCommand,
} from './workspace/workspace.ts';
