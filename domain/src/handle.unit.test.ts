import { describe, expect, it } from '@jest/globals';
import {
  ConflictError,
  type EventLog,
  type Head,
  type NewEvent,
  type RecordedEvent,
  type StreamName,
  type StudioEvent,
} from '@studio/contracts';

import { type Cause } from './follow.ts';
import { handle, type Order, type Shell } from './handle.ts';
import { type Workspace, workspace, type WorkspaceCommand } from './workspace/workspace.ts';

const stream = 'workspace-home' as StreamName; // streams.ts builds those of the product
const cause: Cause = {
  ...{ correlationId: 'request', causationId: 'command', commandId: 'command' },
  ...{ actor: { kind: 'user', id: 'ada' }, workspaceId: 'home' },
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const order = (command: WorkspaceCommand): Order<Workspace, WorkspaceCommand> => ({
  ...{ stream, command, cause, keys: () => ({}) },
});
const createHome = order({
  type: 'CreateWorkspace',
  data: { workspaceId: 'home', ownerId: 'ada', name: 'Home', personal: true },
});
const add = (userId: string) =>
  order({ type: 'AddMember', data: { workspaceId: 'home', userId, role: 'viewer' } });

/** The log as far as handling sees it: one stream, checked against the head. `before` runs ahead of each append. */
const oneStream = (before: () => Promise<void> = async () => undefined) => {
  const events: RecordedEvent[] = [];
  const reads: number[] = [];
  const headOf = (): Head | null => {
    const last = events.at(-1);
    return last ? { revision: last.revision, hash: last.hash, position: last.position } : null;
  };
  const write = (added: readonly NewEvent[]): Head | null => {
    for (const event of added) {
      const revision = events.length;
      const place = { stream, revision, position: BigInt(revision + 1), hash: `h${revision}` };
      events.push({ ...event, ...place });
    }
    return headOf();
  };
  const log = {
    readStream: async (_: StreamName, { from = 0, limit = 1_000 } = {}) => {
      reads.push(from);
      return events.slice(from, from + limit);
    },
    append: async (_: StreamName, expected: Head | 'no_stream', added: readonly NewEvent[]) => {
      await before();
      const revision = expected === 'no_stream' ? -1 : expected.revision;
      if (revision !== events.length - 1)
        throw new ConflictError(stream, revision, events.length - 1);
      return write(added);
    },
  } as unknown as EventLog; // handling uses these two methods
  return { log, events, reads, write };
};

const shellOver = (log: EventLog, waits = 0): Shell => {
  let id = 0;
  return {
    log,
    newId: () => `id-${(id += 1)}`,
    patience: () => {
      let left = waits;
      return { wait: async () => (left -= 1) >= 0, end: () => undefined };
    },
  };
};

describe('handle', () => {
  it('appends what is decided, with metadata that follows from its cause', async () => {
    const { log, events } = oneStream();
    const handled = await handle(shellOver(log), workspace, createHome);
    expect(handled.events.map(({ type }) => type)).toEqual(['WorkspaceCreated', 'MemberAdded']);
    expect(handled.head?.revision).toBe(1);
    expect(handled.opened).toEqual(events[0]?.metadata);
    expect(events.map(({ metadata }) => metadata)).toEqual([
      { ...cause, schemaVersion: 1 },
      { ...cause, schemaVersion: 1 },
    ]);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('appends nothing for what is already so', async () => {
    const { log, events } = oneStream();
    await handle(shellOver(log), workspace, createHome);
    const again = await handle(shellOver(log), workspace, createHome);
    expect([again.events, again.head?.revision, events.length]).toEqual([[], 1, 2]);
  });

  it('reads nothing for a stream that should be new, and decides over it when it is not', async () => {
    const { log, reads } = oneStream();
    await handle(shellOver(log), workspace, { ...createHome, fresh: true });
    expect(reads).toEqual([]);
    const again = await handle(shellOver(log, 1), workspace, { ...createHome, fresh: true });
    expect([again.events, reads]).toEqual([[], [0]]);
  });

  it('decides again over what won the race', async () => {
    let rivals = 1;
    const home = oneStream(async () => {
      if (home.events.length < 2 || (rivals -= 1) < 0) return;
      const rival = add('grace').command as Extract<WorkspaceCommand, { type: 'AddMember' }>; // built so above
      const event: StudioEvent = { type: 'MemberAdded', data: rival.data };
      home.write([{ ...event, eventId: 'rival', metadata: { ...cause, schemaVersion: 1 } }]);
    });
    await handle(shellOver(home.log), workspace, createHome);
    const handled = await handle(shellOver(home.log, 1), workspace, add('grace'));
    expect(handled.events).toEqual([]);
    expect(home.events).toHaveLength(3);
  });

  it('is unavailable, not in conflict, when races are lost for too long', async () => {
    const home = oneStream(async () => {
      if (home.events.length < 2) return;
      const data = {
        workspaceId: 'home',
        userId: `rival-${home.events.length}`,
        role: 'viewer',
      } as const;
      const event: StudioEvent = { type: 'MemberAdded', data };
      home.write([{ ...event, eventId: 'rival', metadata: { ...cause, schemaVersion: 1 } }]);
    });
    await handle(shellOver(home.log), workspace, createHome);
    await expect(handle(shellOver(home.log, 3), workspace, add('ada2'))).rejects.toMatchObject({
      ...{ kind: 'unavailable', code: 'service.unavailable', retryAfterMs: 1_000 },
    });
    expect(home.events).toHaveLength(2 + 4);
  });

  it('reads nothing that the caller has just loaded', async () => {
    const { log, reads } = oneStream();
    const known = await handle(shellOver(log), workspace, { ...createHome, fresh: true });
    await handle(shellOver(log), workspace, { ...add('grace'), known });
    expect(reads).toEqual([]);
  });
});
