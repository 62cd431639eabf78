import { expect, it } from '@jest/globals';
import { type EventLog, type WorkspaceId, workspaceStream } from '@studio/contracts';
import { workspace } from '@studio/domain';
import {
  createEventLog,
  createInMemoryEventStore,
  createInMemoryFileStorage,
  createInMemoryKeyRing,
  newId,
  systemClock,
} from '@studio/infra';

import { createFolds } from './folds.ts';

const setting = async () => {
  const workspaceId = newId() as WorkspaceId; // a made-up workspace
  const stream = workspaceStream(workspaceId);
  const log = createEventLog({
    store: createInMemoryEventStore(),
    ...{ keys: createInMemoryKeyRing(), files: createInMemoryFileStorage() },
  });
  const data = { workspaceId, ownerId: newId(), name: 'Ours', personal: true };
  const id = newId();
  const metadata = {
    ...{ correlationId: id, causationId: id, commandId: id, workspaceId, schemaVersion: 1 },
    ...{ actor: { kind: 'user' as const, id: data.ownerId }, occurredAt: systemClock() },
  };
  const open = () =>
    log.append(
      stream,
      'no_stream',
      [{ type: 'WorkspaceCreated', data, eventId: newId(), metadata }],
      {},
    );
  let reads = 0;
  let hold: Promise<unknown> = Promise.resolve();
  const counting: EventLog = {
    ...log,
    readStream: async (...asked) => {
      reads += 1;
      const found = await log.readStream(...asked);
      await hold;
      return found;
    },
  };
  const folds = createFolds(counting);
  return {
    ...{ open, load: () => folds.load(workspace, stream), reads: () => reads },
    /** Reads end when it resolves, with what they have seen before. */
    until: (held: Promise<unknown>) => {
      hold = held;
    },
  };
};

const begun = async (reads: () => number, count: number): Promise<void> => {
  while (reads() < count) await new Promise((resolve) => setImmediate(resolve));
};

it('reads once for all who ask together', async () => {
  const { open, load, reads } = await setting();
  await open();
  const loaded = await Promise.all(Array.from({ length: 20 }, load));
  expect(reads()).toBe(1);
  for (const { head } of loaded) expect(head?.revision).toBe(0);
});

it('reads again, and once, for all who ask while a read is under way', async () => {
  const { open, load, reads, until } = await setting();
  const held = Promise.withResolvers<null>();
  until(held.promise);
  const early = load();
  await begun(reads, 1);
  await open();
  const late = Array.from({ length: 20 }, load);
  held.resolve(null);
  expect((await early).head).toBeNull();
  for (const { head } of await Promise.all(late)) expect(head?.revision).toBe(0);
  expect(reads()).toBe(2);
});

it('reads for whoever asks after a read that failed', async () => {
  const { open, load, reads, until } = await setting();
  const held = Promise.withResolvers<null>();
  until(held.promise);
  const early = load();
  await begun(reads, 1);
  await open();
  const late = load();
  until(Promise.resolve());
  held.reject(new Error('out of reach'));
  await expect(early).rejects.toThrow('out of reach');
  expect((await late).head?.revision).toBe(0);
  expect((await load()).head?.revision).toBe(0);
});
