import type { Brand, ExecutionId, UserId, WorkflowId, WorkspaceId } from './ids.ts';

/** `category-id`: one aggregate, one consistency boundary. */
export type StreamName = Brand<string, 'StreamName'>;

export const streamCategories = [
  'user',
  'workspace',
  'workflow',
  'execution',
  'mcpServer',
  'file',
  'credential',
  'apiKey',
  'budget',
  'memory',
] as const;
export type StreamCategory = (typeof streamCategories)[number];

const streamName = (category: StreamCategory, id: string): StreamName =>
  `${category}-${id}` as StreamName; // the one place where a stream name is made

export const userStream = (id: UserId): StreamName => streamName('user', id);
export const workspaceStream = (id: WorkspaceId): StreamName => streamName('workspace', id);
export const workflowStream = (id: WorkflowId): StreamName => streamName('workflow', id);
export const executionStream = (id: ExecutionId): StreamName => streamName('execution', id);

/** Splits `category-id` at its first dash; categories hold none. Null for a name that is not ours. */
export const parseStream = (name: string): { category: StreamCategory; id: string } | null => {
  const dash = name.indexOf('-');
  const prefix = name.slice(0, dash);
  const category = streamCategories.find((known) => known === prefix);
  return category && dash < name.length - 1 ? { category, id: name.slice(dash + 1) } : null;
};
