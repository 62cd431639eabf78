import { z } from 'zod';

import { large, sealed } from '../sealed.ts';

/** `incomplete`: something was not undone, or nobody knows whether there was anything to undo. Absent: nothing was to be undone. */
export const HowCompensated = z.enum(['complete', 'incomplete']);
export type HowCompensated = z.infer<typeof HowCompensated>;

/**
 * An instance that declares an undo and is not undone: its undo failed for good (`failed`), a person had the
 * run go on past it (`skipped`), or nobody knows whether the node, or its undo, took effect (`unknown`).
 */
export const LeftStanding = z.object({
  nodeId: z.string(),
  instanceId: z.string(),
  why: z.enum(['failed', 'skipped', 'unknown']),
});
export type LeftStanding = z.infer<typeof LeftStanding>;

/** What a run undoes of what it has done, once it fails or is cancelled (a saga). */
export const compensationEvents = {
  /**
   * A person has the run end, and what it did is undone before. What is under way is called off, except
   * for effects that declare an undo: whether they took effect is what has to be known.
   */
  WorkflowCancellationRequested: z.object({
    reason: sealed('run', z.string().nullable()),
    /** True when the run was paused. */
    paused: z.literal(true).optional(),
    /** True when the run waited for its permits: it needs none any more. */
    waiting: z.literal(true).optional(),
  }),
  /** Nothing is under way any more: `nodes` completed instances are undone, one by one, the last one first. */
  CompensationStarted: z.object({
    because: z.enum(['failed', 'cancelled']),
    nodes: z.number().int().min(0),
  }),
  /** All that could be undone is; the run's own end follows. */
  CompensationEnded: z.object({
    undone: z.number().int().min(0),
    left: large(z.array(LeftStanding)),
  }),
} as const;
