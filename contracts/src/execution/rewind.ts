import { z } from 'zod';

import { sealed } from '../sealed.ts';

/** A person sends a run back to an earlier node. */
export const rewindEvents = {
  /**
   * The node and all that follows it are to happen anew: for the run they have not happened, though their facts
   * and what they did stay. What an undo is declared for is still undone if the run fails.
   */
  WorkflowRewound: z.object({
    /** From 1. */
    rewind: z.number().int().min(1),
    toNode: z.string(),
    reason: sealed('run', z.string().nullable()),
    /** Nodes outside of regions that are to happen anew. */
    nodeIds: z.array(z.string()),
    /** These, and what stands inside of them: the next attempt of their instances, and the generation of its key. */
    anew: z.array(
      z.object({
        attempt: z.number().int().min(1),
        generation: z.number().int(),
        nodeIds: z.array(z.string()),
      }),
    ),
    /** So many nodes count no more as completed, and as failed. */
    completed: z.number().int().min(0),
    failed: z.number().int().min(0),
    /** Instances within iterations that had not come to their end. */
    unfinished: z.array(z.string()),
    /** Attempts under way that are called off; what they did is unknown. */
    calledOff: z.array(
      z.object({ nodeId: z.string(), instanceId: z.string(), attempt: z.number().int().min(1) }),
    ),
    /** Runs that nobody waits for any more: they are cancelled. */
    children: z.array(z.string()),
    /** Approvals that nobody waits for any more, each by the revision of its request. */
    withdrawn: z.array(z.number().int()),
  }),
} as const;
