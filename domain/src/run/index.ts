export { type Approval, type Approvals, approvalTimer, votesFor } from './approval.ts';
export { approvalStatus } from './approving.ts';
export { decide } from './decide.ts';
export { inputOf } from './inputs.ts';
export {
  type AttemptAgain,
  plan,
  type PlannedEffect,
  type RunningState,
  startTimerId,
} from './plan.ts';
export {
  apply,
  type Draft,
  draftOf,
  evolve,
  fold,
  initialRun,
  isForgotten,
  isOver,
  type NodeState,
  retryTimerId,
  type Run,
  type RunStatus,
  shownStatus,
} from './run.ts';
