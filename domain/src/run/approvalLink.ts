import { type ApprovalDecision, DomainError } from '@studio/contracts';

import type { Approval } from './approval.ts';
import { approvalStatus, isPending } from './approving.ts';
import { isForgotten, type Run } from './run.ts';

/** Whose answer a one-time link is, and which; `now` is an Instant. */
export interface LinkAnswer {
  readonly userId: string;
  readonly decision: ApprovalDecision;
  readonly now: string;
}

/** By this very link, or otherwise about what still stands. */
const hasAnswered = ({ answers, seenHash }: Approval, { userId, decision }: LinkAnswer): boolean =>
  answers.some(
    ({ by, decision: said, seenHash: saw }) =>
      by.userId === userId && (saw === seenHash || (by.via === 'link' && said === decision)),
  );

/** The deadline has passed and nobody else will be asked, though the fact of it may not be on record yet. */
const isTooLate = ({ deadline }: Approval, now: string): boolean =>
  deadline !== null &&
  deadline.dueAt <= now &&
  (deadline.escalated || deadline.escalateTo.length === 0);

const over = (message: string): DomainError => new DomainError('approval.link_over', message);

const whyLinkIsOver = (run: Run, approval: Approval, answer: LinkAnswer): DomainError | null => {
  if (isForgotten(run)) return over('What was to be decided has been erased');
  if (hasAnswered(approval, answer))
    return new DomainError('approval.link_used', 'You have answered already: a link counts once');
  if (!isPending(run, approval))
    return over(`Nobody waits for this answer any more: it is ${approvalStatus(run, approval)}`);
  return isTooLate(approval, answer.now) ? over('The time to answer has passed') : null;
};

/** True once no link of the person answers anything. */
export const isLinkOver = (run: Run, approval: Approval, answer: LinkAnswer): boolean =>
  whyLinkIsOver(run, approval, answer) !== null;

/** Errors: `approval.link_used`, `approval.link_over`. */
export const refuseLinkThatIsOver = (run: Run, approval: Approval, answer: LinkAnswer): void => {
  const why = whyLinkIsOver(run, approval, answer);
  if (why) throw why;
};
