import { randomUUID } from 'node:crypto';

import { type EventToAppend, type StreamName, StudioError } from '@studio/contracts';

import { prepareAppend } from '../eventstore/preparedAppend.ts';
import type { SendAppend } from './appendCalls.ts';
import { corrupt } from './failures.ts';
import type { Grpc } from './grpc.ts';
import { readEvents } from './reading.ts';
import { streamRequest } from './readRequests.ts';
import { positionOf, type Space } from './space.ts';

/** What the first event of the log says, and where it lies. */
export interface Founding {
  readonly storeId: string;
  readonly position: bigint;
}

/** A stream of its own, in none of our categories: it is no event of the log, and nothing of the log lies before it. */
const foundingStream = 'studio-log';
const foundingType = 'LogFounded';

const foundingEvent = (): EventToAppend => ({
  eventId: randomUUID(),
  type: foundingType,
  data: JSON.stringify({ storeId: randomUUID(), format: 1 }),
  metadata: '{}',
});

const storeIdOf = (data: Uint8Array): string => {
  const { storeId } = JSON.parse(Buffer.from(data).toString('utf8')) as { storeId?: unknown };
  if (typeof storeId === 'string') return storeId;
  throw corrupt(`${foundingStream} names no store`);
};

const readFounding = async (grpc: Grpc, name: string): Promise<Founding | null> => {
  let founding: Founding | null = null;
  const request = streamRequest({ name, from: null, count: 1, backwards: false });
  await readEvents(grpc, request, (recorded) => {
    if (recorded.getMetadataMap().get('type') !== foundingType)
      throw corrupt(`${foundingStream} begins with another event`);
    founding = { storeId: storeIdOf(recorded.getData_asU8()), position: positionOf(recorded) };
    return false;
  });
  return founding;
};

/** The log's founding; the first process that opens a log founds it. */
export const openFounding = async (
  grpc: Grpc,
  space: Space,
  send: SendAppend,
): Promise<Founding> => {
  const name = space.nameOf(foundingStream);
  const known = await readFounding(grpc, name);
  if (known) return known;
  const append = prepareAppend(foundingStream as StreamName, 'no_stream', [foundingEvent()]); // a name of the adapter's own
  await send(name, append); // refused: another process was first
  const founded = await readFounding(grpc, name);
  if (founded) return founded;
  throw new StudioError('unavailable', 'log.unavailable', 'the log could not be founded');
};
