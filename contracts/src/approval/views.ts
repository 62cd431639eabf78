import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { WorkspaceRole } from '../workspace/events.ts';
import { ApprovalAnswer } from './events.ts';

/** `sent_back`: by an answer to it the run went back. `withdrawn`: its run ended, or its node begins anew. */
export const ApprovalStatus = z.enum([
  ...['pending', 'granted', 'rejected', 'sent_back', 'expired', 'withdrawn'],
] as const);
export type ApprovalStatus = z.infer<typeof ApprovalStatus>;

/** What became of an answer to an approval. */
export const ApprovalActionResult = z.object({
  success: z.literal(true),
  message: z.string(),
  approval_id: z.string(),
  execution_id: z.string(),
  status: ApprovalStatus,
  /** Approvals and rejections so far, and how many decide. */
  approvals: z.number().int(),
  quorum: z.number().int(),
  rejections: z.number().int(),
  rejection_quorum: z.number().int(),
});

const AssigneeView = z.union([
  z.object({ user_id: z.string() }),
  z.object({ role: WorkspaceRole }),
]);

const AnswerView = z.object({
  user_id: z.string(),
  via: z.enum(['session', 'link']),
  decision: ApprovalAnswer,
  comment: z.string().nullable(),
  /** SHA-256 of what they saw. */
  seen_hash: z.string(),
});

/** What a run asks of people, as the list of what nobody has decided shows it. */
export const PendingApprovalView = z.object({
  id: z.string(),
  execution_id: z.string(),
  workspace_id: z.string(),
  node_id: z.string(),
  instance_id: z.string(),
  title: z.string().nullable(),
  message: z.string().nullable(),
  payload: z.unknown(),
  /** SHA-256 of what is shown; send it with an answer to be sure that it is about this. */
  seen_hash: z.string(),
  editable: z.boolean(),
  quorum: z.number().int(),
  rejection_quorum: z.number().int(),
  deadline: Instant.nullable(),
  requested_at: Instant,
});
export type PendingApprovalView = z.infer<typeof PendingApprovalView>;

/** Where whoever has the address answers as the caller, once and without signing in, while the approval is pending. */
const OwnLinks = z.object({ approve: z.string(), reject: z.string() });

/** Something that a run asks of people. Texts and payload are null once the run's data was erased. */
export const ApprovalView = PendingApprovalView.extend({
  workflow_id: z.string(),
  status: ApprovalStatus,
  assignees: z.array(AssigneeView),
  answers: z.array(AnswerView),
  /** The caller's own; absent where they were not asked, have answered, or it is over. */
  links: OwnLinks.optional(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;
