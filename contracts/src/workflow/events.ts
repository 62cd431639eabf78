import { z } from 'zod';

import { haltFact } from '../halts.ts';
import { large } from '../sealed.ts';
import { agentEvents } from './agents.ts';
import { aliasEvents } from './aliases.ts';
import { eventTriggerEvents } from './eventTrigger.ts';
import { CanvasNode, Connection } from './graph.ts';
import { scheduleEvents } from './schedule.ts';
import { webhookEvents } from './webhook.ts';

export const WorkflowStatus = z.enum(['draft', 'published', 'archived']);
export type WorkflowStatus = z.infer<typeof WorkflowStatus>;

const content = {
  name: z.string(),
  description: z.string().nullable(),
  nodes: large(z.array(CanvasNode)),
  connections: large(z.array(Connection)),
  settings: large(z.record(z.string(), z.unknown())),
  tags: z.array(z.string()),
  isPublic: z.boolean(),
};

/** Everything of a workflow that a save replaces. */
export const WorkflowContent = z.object(content);
export type WorkflowContent = z.infer<typeof WorkflowContent>;

export const workflowEvents = {
  /** Version 1, a draft. */
  WorkflowCreated: z.object({
    workflowId: z.string(),
    ownerId: z.string(),
    parentWorkflowId: z.string().nullable(),
    ...content,
  }),
  /** A save: the whole content again, as version `version`. */
  WorkflowChanged: z.object({
    workflowId: z.string(),
    version: z.number().int(),
    ...content,
    /** The version whose content and agents this save brought back. */
    rolledBackTo: z.number().int().optional(),
  }),
  /** `version` is the one that was published, archived or taken back to a draft. */
  WorkflowStatusChanged: z.object({
    workflowId: z.string(),
    version: z.number().int(),
    status: WorkflowStatus,
  }),
  /** Its kill switch is on: nothing starts it, and its open runs stand still or end. */
  WorkflowHalted: z.object({ workflowId: z.string(), ...haltFact }),
  WorkflowReleased: z.object({ workflowId: z.string() }),
  /** The last fact of its stream. Runs keep the definition that they pinned. */
  WorkflowDeleted: z.object({ workflowId: z.string() }),
  ...agentEvents,
  ...webhookEvents,
  ...aliasEvents,
  ...scheduleEvents,
  ...eventTriggerEvents,
} as const;
