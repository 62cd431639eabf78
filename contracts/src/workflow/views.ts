import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { WorkflowStatus } from './events.ts';
import { CanvasNode, Connection } from './graph.ts';

/** A workflow as the API shows it. */
export const WorkflowView = z.object({
  id: z.string(),
  workspace_id: z.string(),
  user_id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: WorkflowStatus,
  nodes: z.array(CanvasNode),
  connections: z.array(Connection),
  settings: z.record(z.string(), z.unknown()),
  tags: z.array(z.string()),
  is_public: z.boolean(),
  version: z.number().int(),
  parent_workflow_id: z.string().nullable(),
  created_at: Instant,
  updated_at: Instant,
});
export type WorkflowView = z.infer<typeof WorkflowView>;

/** What a check of a workflow found. With an error it cannot be started; a warning only tells. */
export const WorkflowFindings = z.object({
  is_valid: z.boolean(),
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type WorkflowFindings = z.infer<typeof WorkflowFindings>;
