import { z } from 'zod';

import { Text, Uuid } from '../text.ts';
import { WorkflowStatus } from './events.ts';
import { CanvasNode, Connection } from './graph.ts';

/** A label names a node that has no title. */
const RequestedData = CanvasNode.shape.data.superRefine((data, context) => {
  const label = data['label'];
  const issue = typeof label === 'string' ? Text.safeParse(label).error?.issues[0] : undefined;
  if (issue) context.addIssue({ code: 'custom', path: ['label'], message: issue.message });
});

/** What becomes part of a run's facts must be storable text; the rest of `data` is payload and stays as it is. */
const RequestedNode = CanvasNode.extend({
  id: Text.min(1).max(255),
  type: Text.min(1).max(50),
  title: Text.max(255).nullish(),
  position: z.object({ x: z.number(), y: z.number() }),
  data: RequestedData,
}).transform(({ title, ...node }): CanvasNode =>
  typeof title !== 'string' ? node : { ...node, title },
);

const RequestedConnection = Connection.extend({
  id: Text.max(255).nullish(),
  source: Text.max(255),
  target: Text.max(255),
  sourceHandle: Text.max(100).nullish(),
  targetHandle: Text.max(100).nullish(),
}).transform(({ id, ...ends }): Connection => (typeof id !== 'string' ? ends : { ...ends, id }));

const Tags = z
  .array(Text.max(100))
  .max(20)
  .transform((tags) => tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ''));

/** POST /workflows */
export const CreateWorkflowRequest = z.object({
  name: Text.min(1).max(255),
  description: Text.max(10_000).nullish(),
  nodes: z.array(RequestedNode).max(10_000).default([]),
  connections: z.array(RequestedConnection).max(50_000).default([]),
  settings: z.record(z.string(), z.unknown()).default({}),
  tags: Tags.default([]),
  is_public: z.boolean().default(false),
  /** Default: the caller's personal workspace. */
  workspace_id: Uuid.nullish(),
});
export type CreateWorkflowRequest = z.infer<typeof CreateWorkflowRequest>;

/** PUT /workflows/{id}: absent keeps; `description: null` and `tags: []` empty theirs, any other null keeps. */
export const ChangeWorkflowRequest = z.object({
  name: Text.min(1).max(255).nullish(),
  description: Text.max(10_000).nullish(),
  nodes: z.array(RequestedNode).max(10_000).nullish(),
  connections: z.array(RequestedConnection).max(50_000).nullish(),
  settings: z.record(z.string(), z.unknown()).nullish(),
  tags: Tags.nullish(),
  is_public: z.boolean().nullish(),
});
export type ChangeWorkflowRequest = z.infer<typeof ChangeWorkflowRequest>;

/** PATCH /workflows/{id}/status: from any status to any other. */
export const ChangeWorkflowStatusRequest = z.object({ status: WorkflowStatus });

/** POST /workflows/{id}/duplicate; the body may be left out. */
export const DuplicateWorkflowRequest = z
  .object({
    /** Default: the name of the source and ` (Copy)`. */
    name: Text.min(1).max(255).nullish(),
    copy_agents: z.boolean().default(true),
    /** Default: the caller's personal workspace. */
    workspace_id: Uuid.nullish(),
  })
  .prefault({});
