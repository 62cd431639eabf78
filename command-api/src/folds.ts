import { setImmediate as endOfTurn } from 'node:timers/promises';

import type { EventLog, StreamName, StudioEvent } from '@studio/contracts';
import { type Decider, load, type Loaded } from '@studio/domain';

/**
 * Streams folded before: reading one again costs only what is new, and one read does for all who ask in
 * the same turn of the event loop. For aggregates that are read more than written.
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

  const read = async <State, Command, Event extends StudioEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
  ): Promise<Loaded<State>> => {
    await endOfTurn();
    toBegin.delete(stream);
    const known = folded.get(stream) as Loaded<State> | undefined; // a stream has one decider
    const loaded = await load(log, decider, stream, known);
    folded.delete(stream);
    if (loaded.head) folded.set(stream, loaded);
    const oldest = folded.keys().next();
    if (folded.size > mostStreams && !oldest.done) folded.delete(oldest.value);
    return loaded;
  };

  return {
    load: <State, Command, Event extends StudioEvent>(
      decider: Decider<State, Command, Event>,
      stream: StreamName,
    ) => {
      const shared = toBegin.get(stream) as Promise<Loaded<State>> | undefined; // a stream has one decider
      if (shared) return shared;
      const reading = read(decider, stream);
      toBegin.set(stream, reading);
      return reading;
    },
  };
};
