import { z } from 'zod';

import { Text } from '../text.ts';

const SeenHash = z.string().regex(/^[0-9a-f]{64}$/);

const answer = {
  comment: Text.max(10_000).nullish(),
  /** `seen_hash` of what the person was shown: an answer about anything else is refused. */
  seen_hash: SeenHash.nullish(),
};

/** POST /approval-links/{token}; `seen` is the `seen_hash` of what the page showed. */
export const ApprovalLinkQuery = z.object({ seen: SeenHash.optional() });

/** POST /approvals/{id}/approve; the body may be absent. `payload` replaces what was asked about. */
export const ApproveRequest = z.object({ ...answer, payload: z.unknown().optional() }).nullish();

/** POST /approvals/{id}/send-back */
export const SendBackRequest = z.object({ ...answer, node_id: Text.min(1).max(500) });

/** POST /approvals/{id}/reject; the body may be absent. */
export const RejectRequest = z.object(answer).nullish();
