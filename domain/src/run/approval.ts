import type {
  ApprovalAnswer,
  ApprovalDecision,
  ApprovalEvent,
  Assignee,
  ExecutionEvent,
  WorkspaceRole,
} from '@studio/contracts';

type Fact<Type extends ApprovalEvent['type']> = Extract<ApprovalEvent, { type: Type }>['data'];
type Requested = Fact<'ApprovalRequested'>;

/** One person's answer. `seenHash` is that of what they saw. */
export type Answer = Pick<Fact<'ApprovalVoted'>, 'by' | 'comment' | 'seenHash'> & {
  readonly decision: ApprovalAnswer;
};

/** Something that a run asks of people, known by the revision of the fact that asked. */
export interface Approval extends Omit<Requested, 'deadline'> {
  readonly requestedAt: number;
  readonly status: 'pending' | 'granted' | 'rejected' | 'sent_back' | 'expired';
  readonly answers: readonly Answer[];
  readonly edited: boolean;
  readonly deadline: (NonNullable<Requested['deadline']> & { readonly escalated: boolean }) | null;
}

/** Approvals of a run by the revision of their request. */
export type Approvals = ReadonlyMap<number, Approval>;

export const isApprovalFact = (event: ExecutionEvent): event is ApprovalEvent =>
  event.type.startsWith('Approval');

/** The timer of an approval's deadline; another one once it was escalated. */
export const approvalTimer = (requestedAt: number, escalated: boolean): string =>
  `approval:${requestedAt}${escalated ? ':escalated' : ''}`;

export const approvalTimerId = ({ requestedAt, deadline }: Approval): string | null =>
  deadline && approvalTimer(requestedAt, deadline.escalated);

const requested = (data: Requested, requestedAt: number): Approval => ({
  ...data,
  ...{ requestedAt, status: 'pending', answers: [], edited: false },
  deadline: data.deadline && { ...data.deadline, escalated: false },
});

type Answered = Omit<Fact<'ApprovalGranted'>, 'edited'> & { readonly edited?: unknown };

const answered = (
  approval: Approval,
  { by, comment, seenHash, edited }: Answered,
  { decision, status }: { decision: ApprovalAnswer; status: Approval['status'] },
): Approval => ({
  ...approval,
  ...{ status, seenHash, answers: [...approval.answers, { by, comment, seenHash, decision }] },
  ...(edited === undefined ? {} : { payload: edited, edited: true }),
});

const escalated = (
  approval: Approval,
  { assignees, dueAt }: Fact<'ApprovalEscalated'>,
): Approval => ({
  ...approval,
  assignees: [...approval.assignees, ...assignees],
  deadline: approval.deadline && { ...approval.deadline, dueAt, escalated: true },
});

const changed = (approval: Approval, event: ApprovalEvent): Approval => {
  switch (event.type) {
    case 'ApprovalRequested':
      return approval;
    case 'ApprovalEscalated':
      return escalated(approval, event.data);
    case 'ApprovalVoted':
      return answered(approval, event.data, { ...event.data, status: 'pending' });
    case 'ApprovalGranted':
      return answered(approval, event.data, { decision: 'approve', status: 'granted' });
    case 'ApprovalRejected':
      return answered(approval, event.data, { decision: 'reject', status: 'rejected' });
    case 'ApprovalSentBack':
      return answered(approval, event.data, { decision: 'send_back', status: 'sent_back' });
    case 'ApprovalExpired':
      return { ...approval, status: 'expired' };
  }
};

/** The approvals after the fact with this revision. */
export const applyApproval = (
  approvals: Approvals,
  event: ApprovalEvent,
  revision: number,
): Approvals => {
  if (event.type === 'ApprovalRequested')
    return new Map(approvals).set(revision, requested(event.data, revision));
  const approval = approvals.get(event.data.requestedAt);
  return approval
    ? new Map(approvals).set(approval.requestedAt, changed(approval, event))
    : approvals;
};

const ranks: readonly WorkspaceRole[] = ['viewer', 'editor', 'administrator', 'owner'];

/** Whether the person was asked, by name or by their role in the run's workspace. */
export const isAssigned = (
  assignees: readonly Assignee[],
  { userId, role }: { readonly userId: string; readonly role: WorkspaceRole | null },
): boolean =>
  assignees.some((assignee) =>
    assignee.kind === 'user'
      ? assignee.userId === userId
      : role !== null && ranks.indexOf(role) >= ranks.indexOf(assignee.role),
  );

/** How many said so; an approval counts for what stands now, not for what was changed since. */
export const votesFor = ({ answers, seenHash }: Approval, decision: ApprovalDecision): number =>
  answers.filter(
    (answer) =>
      answer.decision === decision && (decision === 'reject' || answer.seenHash === seenHash),
  ).length;

/** What the node gives on once people have decided. */
export const approvalOutput = ({ payload, edited, answers, status }: Approval): unknown => ({
  decision: status === 'granted' ? 'approved' : status,
  ...{ payload, edited, comment: answers.at(-1)?.comment ?? null },
  answers: answers.map(({ by, decision, comment }) => ({ ...by, decision, comment })),
});
