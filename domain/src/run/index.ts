export { type Approval, type Approvals, approvalTimer, isAssigned, votesFor } from './approval.ts';
export { isLinkOver, refuseLinkThatIsOver } from './approvalLink.ts';
export { approvalStatus } from './approving.ts';
export { mostDepth } from './children.ts';
export { deadlineTimer } from './deadline.ts';
export { decide } from './decide.ts';
export { apply, draftOf, evolve, fold } from './evolve.ts';
export { inputOf, outputOf } from './inputs.ts';
export type { IterationAround } from './places.ts';
export {
  type AttemptAgain,
  plan,
  type PlannedEffect,
  type RunningState,
  startTimerId,
} from './plan.ts';
export {
  type Draft,
  initialRun,
  isEnding,
  isForgotten,
  isOver,
  type NodeState,
  retryTimerId,
  type Run,
  type RunStatus,
  shownStatus,
  wasCalledOff,
} from './run.ts';
export { comingIteration, iterationsAround, visibleFrom } from './surroundings.ts';
