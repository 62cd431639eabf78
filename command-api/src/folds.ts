import type { EventLog, StreamName, StudioEvent } from '@studio/contracts';
import { type Decider, load, type Loaded } from '@studio/domain';

/** Streams folded before: reading one again costs only what is new. For aggregates that are read more than written. */
export interface Folds {
  load<State, Command, Event extends StudioEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
  ): Promise<Loaded<State>>;
}

export const createFolds = (log: EventLog, mostStreams = 2_000): Folds => {
  const folded = new Map<StreamName, Loaded<unknown>>(); // in the order of last use: the first is the oldest
  return {
    load: async <State, Command, Event extends StudioEvent>(
      decider: Decider<State, Command, Event>,
      stream: StreamName,
    ) => {
      const known = folded.get(stream) as Loaded<State> | undefined; // a stream has one decider
      const loaded = await load(log, decider, stream, known);
      folded.delete(stream);
      if (loaded.head) folded.set(stream, loaded);
      const oldest = folded.keys().next();
      if (folded.size > mostStreams && !oldest.done) folded.delete(oldest.value);
      return loaded;
    },
  };
};
