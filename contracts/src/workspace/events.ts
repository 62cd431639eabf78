import { z } from 'zod';

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
} as const;
