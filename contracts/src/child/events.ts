import { z } from 'zod';

const child = {
  nodeId: z.string(),
  instanceId: z.string(),
  attempt: z.number().int().min(1),
  childExecutionId: z.string(),
};

/** A run that is another's child is that other's node: these facts stand in the other's stream. */
export const childEvents = {
  /** The child is on record as a run of its own; the node waits for its end. */
  ChildStarted: z.object({ ...child, workflowId: z.string() }),
  /** The child's end is on record as the node's: follows the fact by which the node completed or failed. */
  ChildEnded: z.object({ ...child, outcome: z.enum(['completed', 'failed', 'cancelled']) }),
} as const;

/** Of a run that is a child: the node of another run that it was started for. */
export const ParentNode = z.object({
  executionId: z.string(),
  nodeId: z.string(),
  instanceId: z.string(),
});
export type ParentNode = z.infer<typeof ParentNode>;
