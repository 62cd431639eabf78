import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { WorkspaceRole } from '../workspace/events.ts';
import { ApprovalDecision } from './events.ts';

/** `withdrawn`: its run ended, or its node begins anew. */
export const ApprovalStatus = z.enum([
  ...['pending', 'granted', 'rejected', 'expired', 'withdrawn'],
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
  decision: ApprovalDecision,
  comment: z.string().nullable(),
  /** SHA-256 of what they saw. */
  seen_hash: z.string(),
});

/** Something that a run asks of people. Texts and payload are null once the run's data was erased. */
export const ApprovalView = z.object({
  id: z.string(),
  execution_id: z.string(),
  workspace_id: z.string(),
  workflow_id: z.string(),
  node_id: z.string(),
  instance_id: z.string(),
  status: ApprovalStatus,
  title: z.string().nullable(),
  message: z.string().nullable(),
  payload: z.unknown(),
  /** SHA-256 of what is shown; send it with an answer to be sure that it is about this. */
  seen_hash: z.string(),
  editable: z.boolean(),
  assignees: z.array(AssigneeView),
  quorum: z.number().int(),
  rejection_quorum: z.number().int(),
  answers: z.array(AnswerView),
  deadline: Instant.nullable(),
  requested_at: Instant,
});
export type ApprovalView = z.infer<typeof ApprovalView>;
