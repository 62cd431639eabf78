import { z } from 'zod';

import { haltFact } from '../halts.ts';
import { RunDays } from '../retention.ts';

export const WorkspaceRole = z.enum(['owner', 'administrator', 'editor', 'viewer']);
export type WorkspaceRole = z.infer<typeof WorkspaceRole>;

export const workspaceEvents = {
  WorkspaceCreated: z.object({
    workspaceId: z.string(),
    ownerId: z.string(),
    name: z.string(),
    personal: z.boolean(),
  }),
  MemberAdded: z.object({ workspaceId: z.string(), userId: z.string(), role: WorkspaceRole }),
  /** Its kill switch is on: none of its workflows is started, and its open runs stand still or end. */
  WorkspaceHalted: z.object({ workspaceId: z.string(), ...haltFact }),
  WorkspaceReleased: z.object({ workspaceId: z.string() }),
  /** How long what went into its runs and came out of them is kept from now on; also of runs that have ended before. */
  RetentionChanged: z.object({ workspaceId: z.string(), runDays: RunDays }),
} as const;
