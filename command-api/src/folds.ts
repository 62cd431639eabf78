import { setImmediate as endOfTurn } from 'node:timers/promises';

import type { EventLog, StreamName, StudioEvent } from '@studio/contracts';
import { type Decider, load, type Loaded } from '@studio/domain';

/**
 * Streams folded before: reading one again costs only what is new. At most one read of a stream is under
 * way; whoever asks meanwhile shares the next one, so that the busier a stream is, the fewer reads it takes
 * for each who asks. For aggregates that are read more than written.
 */
export interface Folds {
  load<State, Command, Event extends StudioEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
  ): Promise<Loaded<State>>;
}

export const createFolds = (log: EventLog, mostStreams = 2_000): Folds => {
  const folded = new Map<StreamName, Loaded<unknown>>(); // in the order of last use: the first is the oldest
  /** Reads that have not begun: what they will see is no older than the question of whoever shares them. */
  const toBegin = new Map<StreamName, Promise<Loaded<unknown>>>();
  const underWay = new Map<StreamName, Promise<unknown>>();

  /** Resolves when the read under way has ended, whatever came of it: that is for those who asked for it. */
  const turnOf = (stream: StreamName): Promise<unknown> =>
    underWay.get(stream)?.catch(() => undefined) ?? endOfTurn();

  const remember = (stream: StreamName, loaded: Loaded<unknown>): void => {
    folded.delete(stream);
    if (loaded.head) folded.set(stream, loaded);
    const oldest = folded.keys().next();
    if (folded.size > mostStreams && !oldest.done) folded.delete(oldest.value);
  };

  const read = async <State, Command, Event extends StudioEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
  ): Promise<Loaded<State>> => {
    const known = folded.get(stream) as Loaded<State> | undefined; // a stream has one decider
    try {
      const loaded = await load(log, decider, stream, known);
      remember(stream, loaded);
      return loaded;
    } finally {
      underWay.delete(stream);
    }
  };

  const readInTurn = async <State, Command, Event extends StudioEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
  ): Promise<Loaded<State>> => {
    await turnOf(stream);
    toBegin.delete(stream);
    const reading = read(decider, stream);
    underWay.set(stream, reading);
    return reading;
  };

  return {
    load: <State, Command, Event extends StudioEvent>(
      decider: Decider<State, Command, Event>,
      stream: StreamName,
    ) => {
      const shared = toBegin.get(stream) as Promise<Loaded<State>> | undefined; // a stream has one decider
      if (shared) return shared;
      const reading = readInTurn(decider, stream);
      toBegin.set(stream, reading);
      return reading;
    },
  };
};
