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
  const counting: EventLog = {
    ...log,
    readStream: (...asked) => {
      reads += 1;
      return log.readStream(...asked);
    },
  };
  const folds = createFolds(counting);
  return { open, load: () => folds.load(workspace, stream), reads: () => reads };
};

it('reads once for all who ask together', async () => {
  const { open, load, reads } = await setting();
  await open();
  const loaded = await Promise.all(Array.from({ length: 20 }, load));
  expect(reads()).toBe(1);
  for (const { head } of loaded) expect(head?.revision).toBe(0);
});

it('reads again for whoever asks once a read has begun', async () => {
  const { open, load, reads } = await setting();
  const early = load();
  while (reads() === 0) await new Promise((resolve) => setImmediate(resolve));
  await open();
  expect((await load()).head?.revision).toBe(0);
  await early;
  expect(reads()).toBe(2);
});
