import { type EventBatch, type EventStore, StudioError } from '@studio/contracts';

import type { Machine } from './machine.ts';

const failed = (code: 'log.unavailable' | 'append.outcome_unknown') => (): StudioError =>
  new StudioError('unavailable', code, 'no answer (simulated)');

const never = new Promise<never>(() => undefined);

/** The log as one machine reaches it: every answer is a step, and may be late, missing, or never taken. */
export const remoteStore = (store: EventStore, machine: Machine): EventStore => {
  const read = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
    machine.ask(work, failed('log.unavailable'));

  async function* follow(batches: AsyncIterable<EventBatch>): AsyncGenerator<EventBatch> {
    for await (const batch of batches) {
      await machine.arrival();
      yield batch;
    }
    if (!machine.isAlive()) await never; // the end of the iteration is no news for the dead
  }

  return {
    storeId: store.storeId,
    append: (stream, expected, events) =>
      machine.ask(() => store.append(stream, expected, events), failed('append.outcome_unknown')),
    head: (stream) => read(() => store.head(stream)),
    readStream: (stream, range) => read(() => store.readStream(stream, range)),
    readAll: (range) => read(() => store.readAll(range)),
    lastPosition: () => read(() => store.lastPosition()),
    subscribe: (range) =>
      follow(store.subscribe({ ...range, signal: AbortSignal.any([range.signal, machine.gone]) })),
    close: () => Promise.resolve(),
  };
};
