import type { RecordedEvent } from '@studio/contracts';
import { problemOf } from '@studio/infra';

import type { RunFact } from '../runFacts.ts';

type OpenEvents = (events: readonly RecordedEvent[]) => Promise<readonly RecordedEvent[]>;

/** What is done with the events of runs, in order; `index` is the event's place among them. */
export interface Telling {
  readonly tell: (fact: RunFact, index: number) => Promise<void>;
  /** In place of `tell` for a fact that cannot be read. */
  readonly excuse: (event: RecordedEvent, index: number, error: unknown) => void;
}

/** True for what may go well another time: the store is out of reach, and nothing is wrong with the fact. */
const mayPass = (error: unknown): boolean => {
  const { status, body } = problemOf(error);
  return status === 503 && body['code'] !== 'log.corrupt';
};

/**
 * Opens the events of runs and tells of each: all at once where nothing is wrong, else each alone, so
 * that one which cannot be read keeps no other back. Throws only what may pass.
 */
export const eachFact = async (
  openEvents: OpenEvents,
  events: readonly RecordedEvent[],
  { tell, excuse }: Telling,
): Promise<void> => {
  const opened = await openEvents(events).catch((error: unknown) => {
    if (mayPass(error)) throw error;
    return [];
  });
  for (const [index, event] of events.entries())
    try {
      const fact = opened[index] ?? (await openEvents([event]))[0];
      await tell(fact as RunFact, index); // its readers read executions only
    } catch (error) {
      if (mayPass(error)) throw error;
      excuse(event, index, error);
    }
};
