import {
  type ApprovalAnswer,
  DomainError,
  type ExecutionEvent,
  plusMs,
  StudioError,
} from '@studio/contracts';

import {
  type Approval,
  approvalOutput,
  approvalTimerId,
  isAssigned,
  votesFor,
} from './approval.ts';
import { finalFailure, mayBegin, nextAttempt, nodeIdOf, type Order } from './attempts.ts';
import { isOpenAt } from './bodies.ts';
import { fold } from './evolve.ts';
import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import type { Run } from './run.ts';
import { withConsequences } from './settle.ts';

type Answering = Order<'AnswerApproval'>;

export const requestApproval = (run: Run, data: Order<'RequestApproval'>): ExecutionEvent[] => {
  const { instanceId } = data;
  if (!mayBegin(run, instanceId)) return [];
  const place = { nodeId: nodeIdOf(run, instanceId), ...nextAttempt(run, instanceId) };
  return [{ type: 'ApprovalRequested', data: { ...place, ...data } }];
};

/** True while people are asked: the run is open, and its node waits for this very answer. */
export const isPending = (run: Run, { status, instanceId, requestedAt }: Approval): boolean => {
  const state = run.instances.get(instanceId);
  const waits = state?.status === 'awaiting_approval' && state.requestedAt === requestedAt;
  const graph = graphOf(run.definition);
  return status === 'pending' && waits && isOpenAt(run, graph, placeOf(graph, instanceId));
};

/** How an approval is shown to stand; `withdrawn` once nobody waits for it any more. */
export const approvalStatus = (run: Run, approval: Approval): Approval['status'] | 'withdrawn' =>
  approval.status !== 'pending' || isPending(run, approval) ? approval.status : 'withdrawn';

/** What every answer says, of whichever kind it is. */
type Said = Pick<Answering, 'requestedAt' | 'by' | 'role' | 'seenHash' | 'edited'> & {
  readonly decision: ApprovalAnswer;
};

const sameAnswer =
  ({ by, decision }: Said) =>
  (answer: Approval['answers'][number]): boolean =>
    answer.by.userId === by.userId && answer.decision === decision;

const standingOf = ({ status, answers }: Approval) => {
  const last = answers.at(-1);
  return { status, decision: last?.decision, answered_by: last?.by.userId };
};

const isDecided = ({ status }: Approval): boolean => status !== 'pending' && status !== 'expired';

/** What the approval has come to, told to whoever comes too late. */
const tooLate = (approval: Approval): DomainError => {
  const standing = standingOf(approval);
  if (isDecided(approval))
    return new DomainError(
      'approval.answered',
      `It was ${approval.status.replace('_', ' ')} already`,
      standing,
    );
  return new DomainError('approval.not_pending', 'Nobody waits for this answer any more', standing);
};

const refuseUnasked = ({ assignees }: Approval, { by, role }: Said): void => {
  if (isAssigned(assignees, { userId: by.userId, role })) return;
  throw role === null
    ? new StudioError('not_found', 'approval.not_found', 'Approval not found')
    : new StudioError('forbidden', 'approval.not_assigned', 'You were not asked');
};

/** Nobody answers the same thing twice. */
const refuseAgain = (approval: Approval, { by, edited }: Said): void => {
  const mine = approval.answers.findLast((answer) => answer.by.userId === by.userId);
  if (mine && mine.seenHash === (edited?.seenHash ?? approval.seenHash))
    throw new DomainError('approval.answered', 'You have answered already', standingOf(approval));
};

const refuseUnfit = (approval: Approval, { seenHash, edited }: Said): void => {
  if (seenHash !== null && seenHash !== approval.seenHash)
    throw new DomainError(
      'approval.changed',
      'What is to be approved was changed since you saw it',
    );
  if (edited && !approval.editable)
    throw new DomainError('approval.not_editable', 'What is to be approved cannot be changed');
};

const decided = (approval: Approval, handle: string): ExecutionEvent => {
  const { nodeId, instanceId, attempt } = approval;
  const output = approvalOutput(approval);
  return { type: 'NodeCompleted', data: { nodeId, instanceId, attempt, handle, output } };
};

const answerOf = (approval: Approval, { requestedAt, by, comment, edited }: Answering) => ({
  ...{ nodeId: approval.nodeId, instanceId: approval.instanceId, requestedAt, by, comment },
  ...(edited ? { edited: edited.payload } : {}),
  seenHash: edited?.seenHash ?? approval.seenHash,
});

/** The approval after these facts. */
const afterwards = (run: Run, facts: readonly ExecutionEvent[], approval: Approval): Approval =>
  fold(run, facts).approvals.get(approval.requestedAt) ?? approval;

/** The node goes on by what people decided, or what a deadline stands for. */
const settled = (
  run: Run,
  last: ExecutionEvent,
  { approval, decision }: { approval: Approval; decision: Answering['decision'] },
): ExecutionEvent[] => {
  const handle = decision === 'approve' ? 'approved' : 'rejected';
  const completed = decided(afterwards(run, [last], approval), handle);
  return [last, ...withConsequences(fold(run, [last]), [completed])];
};

/** The answer and, when it decides, what follows. */
const record = (run: Run, approval: Approval, order: Answering): ExecutionEvent[] => {
  const { decision } = order;
  const data = answerOf(approval, order);
  const vote: ExecutionEvent = { type: 'ApprovalVoted', data: { ...data, decision } };
  const needed = decision === 'approve' ? approval.quorum : approval.rejections;
  if (votesFor(afterwards(run, [vote], approval), decision) < needed) return [vote];
  const last: ExecutionEvent =
    decision === 'approve' ? { type: 'ApprovalGranted', data } : { type: 'ApprovalRejected', data };
  return settled(run, last, { approval, decision });
};

/** The approval that the answer is for; null when the same person has said the same already. */
export const answerable = (run: Run, order: Said): Approval | null => {
  const approval = run.approvals.get(order.requestedAt);
  if (!approval) throw new StudioError('not_found', 'approval.not_found', 'Approval not found');
  refuseUnasked(approval, order);
  if (approval.answers.some(sameAnswer(order)) && !isPending(run, approval)) return null;
  if (!isPending(run, approval)) throw tooLate(approval);
  refuseUnfit(approval, order);
  refuseAgain(approval, order);
  return approval;
};

/**
 * A person's answer. The first answers that decide stand: whoever comes later is told so, except
 * that the same answer of the same person changes nothing.
 */
export const answerApproval = (run: Run, order: Answering): ExecutionEvent[] => {
  const approval = answerable(run, order);
  return approval ? record(run, approval, order) : [];
};

/** The approval whose deadline this timer is, if it has come. */
export const dueApproval = (run: Run, timerId: string, now: string): Approval | null => {
  for (const approval of run.approvals.values())
    if (approvalTimerId(approval) === timerId && isPending(run, approval))
      return approval.deadline && approval.deadline.dueAt <= now ? approval : null;
  return null;
};

/** The deadline has passed: others are asked too, or it stands for an answer. */
export const passDeadline = (run: Run, approval: Approval, now: string): ExecutionEvent[] => {
  const { nodeId, instanceId, requestedAt, attempt, deadline } = approval;
  if (!deadline) return [];
  const place = { nodeId, instanceId, requestedAt };
  const { then, escalateTo, escalationMs, escalated } = deadline;
  if (escalateTo.length > 0 && !escalated) {
    const dueAt = plusMs(now, escalationMs);
    return [{ type: 'ApprovalEscalated', data: { ...place, assignees: escalateTo, dueAt } }];
  }
  const expired: ExecutionEvent = { type: 'ApprovalExpired', data: { ...place, outcome: then } };
  if (then !== 'fail') return settled(run, expired, { approval, decision: then });
  const message = 'Nobody answered in time';
  const error = { code: 'approval.expired', message, transient: false };
  return [expired, ...finalFailure(fold(run, [expired]), { instanceId, attempt, error })];
};
