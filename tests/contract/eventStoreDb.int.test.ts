import { afterAll, beforeAll } from '@jest/globals';
import type { EventStore } from '@studio/contracts';
import { createEventStoreDbStore } from '@studio/infra';

import {
  aPrefix,
  breakable,
  isCluster,
  namedServer,
  type TestEventStoreDb,
} from '../fixtures/eventStoreDb.ts';
import { startImitationApart } from '../fixtures/eventStoreDbImitation/apart.ts';
import { long } from '../fixtures/length.ts';
import { addressOf } from '../store/logAddress.ts';
import { eventStoreContract } from './eventStoreContract.ts';
import { joinsWriters } from './joinPromises.ts';
import { passesAWholePage } from './readPromises.ts';
import { heaviest } from './sizePromises.ts';

const noWayToBreak =
  'a cluster is reached by the addresses that its nodes name, not by a way of ours';
const brokenCatchUp = 'connections that break while it catches up cost a subscription nothing';
const broken = [
  brokenCatchUp,
  'connections that break while it is live cost neither writers nor a subscription',
];

const contractOver = (name: string, url: string, heavy: readonly string[] = []): void => {
  const prefix = aPrefix();
  let server: TestEventStoreDb | null = null;
  const reached = (): string => server?.url ?? url;
  beforeAll(async () => {
    if (!isCluster(url)) server = await breakable(url);
  });
  afterAll(() => server?.close());
  const open = (of: string): Promise<EventStore> =>
    createEventStoreDbStore({ url: reached(), prefix: of });
  eventStoreContract({
    name,
    create: () => open(prefix),
    createEmpty: () => open(aPrefix()),
    address: () => addressOf(reached(), prefix),
    breakConnections: async () => server?.breakConnections(),
    skip: [
      ...(isCluster(url) ? broken.map((test) => ({ test, reason: noWayToBreak })) : []),
      ...heavy.map((test) => ({ test, reason: 'STUDIO_LONG=1 has it, as .ci/run sets it' })),
    ],
  });
};

const url = namedServer();
const imitation = await startImitationApart();
afterAll(() => imitation.stop());
contractOver(
  url === undefined
    ? 'an imitation of EventStoreDB (EVENTSTOREDB_URL names no real one)'
    : 'an imitation of EventStoreDB',
  imitation.url,
  long ? [] : [...heaviest, joinsWriters, brokenCatchUp, passesAWholePage],
);
if (url !== undefined) contractOver('the EventStoreDB of EVENTSTOREDB_URL', url);
