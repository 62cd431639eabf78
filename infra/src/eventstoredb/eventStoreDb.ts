import type { EventStore } from '@studio/contracts';

import { subscription } from '../eventstore/subscription.ts';
import { storeClosed } from '../eventstore/unavailable.ts';
import { connectTo } from './address.ts';
import { createAllPages } from './allPages.ts';
import { createSendAppend } from './appendCalls.ts';
import { createAppender } from './appender.ts';
import { askOnce, createPatientAsk } from './asking.ts';
import { asPortError } from './failures.ts';
import { openFounding } from './founding.ts';
import { createGrpc } from './grpc.ts';
import { createLiveTail } from './liveTail.ts';
import { createSpace } from './space.ts';
import { createStreamPages } from './streamPages.ts';

export interface EventStoreDbOptions {
  /** `esdb://…` or `esdb+discover://…`, credentials included. */
  readonly url: string;
  /** Begins the name of every stream of this log, so that several logs can share a server; default none. */
  readonly prefix?: string;
  /** An append that is not answered for so long is tried again. */
  readonly appendTimeoutMs?: number;
  /** How long an append, or a read, is tried again. */
  readonly patienceMs?: number;
  /** Told of every failure that was survived: a lost connection, a subscription that was dropped. */
  readonly onTrouble?: (error: unknown) => void;
}

/**
 * The log in EventStoreDB (ADR 0008). Positions are the server's commit positions: they grow with gaps.
 * Errors at the start: `config.invalid`, `log.unavailable`, `log.corrupt`.
 */
export const createEventStoreDbStore = async (
  options: EventStoreDbOptions,
): Promise<EventStore> => {
  const onTrouble = options.onTrouble ?? (() => undefined);
  const grpc = createGrpc(connectTo(options.url));
  const space = createSpace(options.prefix ?? '');
  const send = createSendAppend(grpc, options.appendTimeoutMs ?? 5_000);

  const patienceMs = options.patienceMs ?? 15_000;
  const closing = new AbortController();
  const ask = createPatientAsk({ patienceMs, closing: closing.signal, onTrouble });

  const open = async () => {
    const { storeId, position: foundedAt } = await ask(() => openFounding(grpc, space, send));
    const all = createAllPages({ grpc, space, foundedAt, ask });
    const impatient = createAllPages({ grpc, space, foundedAt, ask: askOnce });
    const last = await all.lastPosition();
    return { storeId, all, impatient, end: last === 0n ? foundedAt : last };
  };
  const { storeId, all, impatient, end } = await open().catch(async (error: unknown) => {
    await grpc.dispose();
    throw asPortError(error, 'the log');
  });

  const streams = createStreamPages(grpc, space, ask);
  const tail = createLiveTail({ grpc, space, end, onTrouble });
  const appender = createAppender({
    ...{ send, end, patienceMs, onTrouble },
    streams: createStreamPages(grpc, space, askOnce), // a try of an append is repeated as a whole
    nameOf: (stream) => space.nameOf(stream),
  });

  const whileOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing.signal.aborted) throw storeClosed();
    return work();
  };

  return {
    storeId,
    append: (stream, expected, events) =>
      whileOpen(() => appender.append(stream, expected, events)),
    head: (stream) => whileOpen(() => streams.head(stream)),
    readStream: (stream, range) => whileOpen(() => streams.readStream(stream, range)),
    readAll: (range) => whileOpen(() => all.readAll(range)),
    lastPosition: () => whileOpen(() => all.lastPosition()),
    subscribe: (range) =>
      subscription(
        { tail, readPage: (page) => impatient.readAll(page), closing: closing.signal, onTrouble },
        range,
      ),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await appender.idle();
      tail.close();
      await grpc.dispose(); // the client would connect again if it were asked: whileOpen refuses
    },
  };
};
