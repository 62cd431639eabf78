import { z } from 'zod';

import type { ExecutionId } from '../ids.ts';

/** The run that asks, and the revision of the fact by which it asked. */
export interface ApprovalPlace {
  readonly executionId: ExecutionId;
  readonly requestedAt: number;
}

/** An approval as addresses name it: `<execution id>.<revision>`. */
export const approvalId = ({ executionId, requestedAt }: ApprovalPlace): string =>
  `${executionId}.${requestedAt}`;

const form = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(\d{1,9})$/;

/** The same, read. */
export const ApprovalId = z
  .string()
  .toLowerCase()
  .regex(form, { error: 'Not the id of an approval' })
  .transform((text): ApprovalPlace => {
    const [, executionId, requestedAt] = form.exec(text) ?? [];
    return { executionId: executionId as ExecutionId, requestedAt: Number(requestedAt) }; // of that form
  });

/** The parameters of addresses below `/approvals/:approvalId`. */
export const ApprovalPath = z.object({ approvalId: ApprovalId });
