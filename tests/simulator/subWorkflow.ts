import {
  type Definition,
  type EventLog,
  type KeyId,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import type { TriggerParts } from '@studio/executor';

/** The one workflow that others run. */
export const subWorkflowId = '01900000-0000-7000-8000-000000000001' as WorkflowId; // made up

const metadata = {
  ...{ correlationId: 'saved', causationId: 'saved', commandId: 'saved', schemaVersion: 1 },
  ...{ workspaceId: 'workspace', actor: { kind: 'user' as const, id: 'u' } },
  occurredAt: '2026-01-01T00:00:00.000Z',
};

/** Has it saved and published; what is in it, `pin` says. */
export const saveSubWorkflow = async (log: EventLog, newId: () => string): Promise<void> => {
  const content = { description: null, nodes: [], connections: [], settings: {}, tags: [] };
  const about = { ownerId: 'u', parentWorkflowId: null, name: 'S', isPublic: false };
  const workflowId = subWorkflowId;
  await log.append(
    workflowStream(workflowId),
    'no_stream',
    [
      {
        ...{ type: 'WorkflowCreated', eventId: newId(), metadata },
        data: { workflowId, ...about, ...content },
      },
      {
        ...{ type: 'WorkflowStatusChanged', eventId: newId(), metadata },
        data: { workflowId, version: 1, status: 'published' },
      },
    ],
    {},
  );
};

/** By which executors start runs of it. */
export const triggersFor = (definition: Definition, keyId: KeyId): TriggerParts => ({
  keys: { reserve: async () => keyId },
  pin: () => ({ definition, definitionHash: 'h', limits: [] }),
  occurrences: { next: () => null },
  singletons: { take: async () => null },
  patience: () => ({ wait: async () => true, end: () => undefined }),
});
