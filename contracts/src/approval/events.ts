import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { sealed } from '../sealed.ts';
import { WorkspaceRole } from '../workspace/events.ts';

/** Who may answer: a person, or everyone of the run's workspace who has the role or a higher one. */
export const Assignee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: z.string() }),
  z.object({ kind: z.literal('role'), role: WorkspaceRole }),
]);
export type Assignee = z.infer<typeof Assignee>;

/** What a deadline that nobody kept stands for. */
export const DeadlineOutcome = z.enum(['approve', 'reject', 'fail']);
export type DeadlineOutcome = z.infer<typeof DeadlineOutcome>;

export const ApprovalDecision = z.enum(['approve', 'reject']);
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** An answer may also be that the run is to go back: then nothing of what is asked stands. */
export const ApprovalAnswer = z.enum([...ApprovalDecision.options, 'send_back']);
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

/** Who answered, and how: signed in, or by a one-time link. */
export const Answerer = z.object({ userId: z.string(), via: z.enum(['session', 'link']) });
export type Answerer = z.infer<typeof Answerer>;

const place = { nodeId: z.string(), instanceId: z.string() };
/** The revision of the ApprovalRequested that this is about: an instance may ask more than once. */
const asked = { ...place, requestedAt: z.number().int() };

/** What a person said. `seenHash` is that of what they saw, after their own change of it. */
const answer = {
  ...asked,
  by: Answerer,
  comment: sealed('run', z.string().nullable()),
  /** The payload as this person changed it; absent when they left it as it was. */
  edited: sealed('run', z.unknown()).optional(),
  seenHash: z.string(),
};

/** An approval is a part of its run: these facts stand in the run's stream. */
export const approvalEvents = {
  /** A node waits for people. It is known by its run and the revision of this fact. */
  ApprovalRequested: z.object({
    ...place,
    attempt: z.number().int().min(1),
    generation: z.number().int(),
    title: sealed('run', z.string()),
    message: sealed('run', z.string().nullable()),
    payload: sealed('run', z.unknown()),
    /** SHA-256 of the JSON text of [title, message, payload]: what people are shown. */
    seenHash: z.string(),
    assignees: z.array(Assignee),
    /** So many approvals grant it; so many rejections reject it. */
    quorum: z.number().int().min(1),
    rejections: z.number().int().min(1),
    /** True when whoever approves may change the payload. */
    editable: z.boolean(),
    deadline: z
      .object({
        dueAt: Instant,
        /** What follows when it has passed and there is nobody else to ask. */
        then: DeadlineOutcome,
        /** Who is asked beside the others when it has passed for the first time. */
        escalateTo: z.array(Assignee),
        /** How long they have, milliseconds. */
        escalationMs: z.number().int(),
      })
      .nullable(),
  }),
  /** The deadline has passed: more people are asked, until `dueAt`. */
  ApprovalEscalated: z.object({ ...asked, assignees: z.array(Assignee), dueAt: Instant }),
  /** An answer that did not decide yet: more are needed. */
  ApprovalVoted: z.object({ ...answer, decision: ApprovalDecision }),
  /** The answer by which it is granted. */
  ApprovalGranted: z.object(answer),
  /** The answer by which it is rejected. */
  ApprovalRejected: z.object(answer),
  /** The answer by which the run went back to an earlier node: WorkflowRewound stands before it. */
  ApprovalSentBack: z.object({
    ...asked,
    by: Answerer,
    comment: sealed('run', z.string().nullable()),
    seenHash: z.string(),
    toNode: z.string(),
  }),
  /** The last deadline has passed without a decision. */
  ApprovalExpired: z.object({ ...asked, outcome: DeadlineOutcome }),
} as const;
