import { type ExecutionId, isUuid, type WorkflowId, workflowStream } from '@studio/contracts';
import type { Caller } from '@studio/infra';

import type { QueryApiDeps } from '../deps.ts';
import { firstFact } from '../runFacts.ts';

export type Room =
  | { readonly kind: 'execution'; readonly id: ExecutionId }
  | { readonly kind: 'workflow'; readonly id: WorkflowId }
  | { readonly kind: 'workspace'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string };

/** Reads `execution:<id>`, `workflow:<id>`, `workspace:<id>` and `user:<id>`; null for anything else. */
export const parseRoom = (name: string): Room | null => {
  const colon = name.indexOf(':');
  const [kind, id] = [name.slice(0, colon), name.slice(colon + 1)];
  if (!isUuid(id)) return null;
  if (kind === 'execution') return { kind, id: id as ExecutionId }; // a UUID names it
  if (kind === 'workflow') return { kind, id: id as WorkflowId }; // a UUID names it
  return kind === 'workspace' || kind === 'user' ? { kind, id } : null;
};

type RoomDeps = Pick<QueryApiDeps, 'log'>;

const pageSize = 20;

/** Is it public today? The last fact with content says so; a deleted one is nobody's. */
const workflowAccess = async (
  { log }: RoomDeps,
  id: WorkflowId,
  caller: Caller,
): Promise<boolean> => {
  const stream = workflowStream(id);
  const [last] = await log.readStream(stream, { backwards: true, limit: 1 }, 'sealed');
  if (!last || last.type === 'WorkflowDeleted') return false;
  if (last.metadata.workspaceId === caller.workspaceId) return true;
  for (let from = last.revision; from >= 0; from -= pageSize) {
    const page = await log.readStream(stream, { from, backwards: true, limit: pageSize }, 'sealed');
    for (const { data } of page) if ('isPublic' in data) return data.isPublic;
  }
  return false;
};

/** May the caller listen there? Runs and workspaces: members; workflows: the same, and anyone if public; users: oneself. */
export const mayListen = async (deps: RoomDeps, room: Room, caller: Caller): Promise<boolean> => {
  switch (room.kind) {
    case 'user':
      return room.id === caller.userId;
    case 'workspace':
      return room.id === caller.workspaceId;
    case 'execution':
      return (await firstFact(deps.log, room.id))?.metadata.workspaceId === caller.workspaceId;
    case 'workflow':
      return workflowAccess(deps, room.id, caller);
  }
};
