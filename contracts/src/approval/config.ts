import { z } from 'zod';

import { DeadlineOutcome } from './events.ts';

const mostMs = 366 * 24 * 60 * 60 * 1_000;

const assignee = z
  .string()
  .trim()
  .regex(/^(role:(owner|administrator|admin|editor|viewer)|[0-9a-fA-F-]{36}|[^\s@]+@[^\s@]+)$/, {
    error: "Not an e-mail, a user's id, or role:owner|administrator|editor|viewer",
  })
  .max(320);
const assignees = z
  .union([assignee.transform((one) => [one]), z.array(assignee)])
  .pipe(z.array(assignee).max(50));

/** Settings of an approval node. */
export const ApprovalConfig = z
  .object({
    title: z.string().trim().min(1).max(200).optional().describe("What is asked; the node's name"),
    message: z.string().max(10_000).optional().describe('What people should know'),
    payload: z.unknown().optional().describe("What is to be approved; the node's input"),
    assignees: assignees
      .default(['role:editor'])
      .describe('E-mails, ids of users, and role:… for everyone with that role or a higher one'),
    quorum: z.number().int().min(1).max(50).default(1).describe('So many approvals are needed'),
    rejections: z.number().int().min(1).max(50).default(1).describe('So many rejections reject'),
    editable: z.boolean().default(false).describe('Whoever approves may change the payload'),
    deadlineMs: z.number().int().min(0).max(mostMs).optional(),
    onDeadline: DeadlineOutcome.default('fail').describe('What a deadline that passed stands for'),
    escalateTo: assignees.default([]).describe('Who is asked too once the deadline has passed'),
    escalationMs: z.number().int().min(0).max(mostMs).optional().describe('How long they have'),
  })
  .refine(({ assignees: asked }) => asked.length > 0, {
    ...{ error: 'at least one assignee is needed', path: ['assignees'] },
  })
  .refine(
    ({ assignees: asked, escalateTo, quorum }) => {
      const all = [...asked, ...escalateTo];
      return all.some((one) => one.startsWith('role:')) || quorum <= new Set(all).size;
    },
    { error: 'more than there are assignees', path: ['quorum'] },
  )
  .refine(({ escalateTo, deadlineMs }) => escalateTo.length === 0 || deadlineMs !== undefined, {
    ...{ error: 'escalateTo needs deadlineMs', path: ['escalateTo'] },
  });
export type ApprovalConfig = z.infer<typeof ApprovalConfig>;
