import { inspect as show, isDeepStrictEqual } from 'node:util';

import { StudioError } from '@studio/contracts';

import { type Decider, foldBy } from '../decider.ts';

export interface Outcome<Event> {
  then(expected: readonly Event[]): void;
  thenNothing(): void;
  thenRefused(code: string, message?: string): void;
}

const inspect = (value: unknown): string => show(value, { depth: 12 });

const assertSame = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected))
    throw new Error(`expected ${inspect(expected)}\nbut got ${inspect(actual)}`);
};

const refusal = (work: () => unknown): StudioError => {
  try {
    work();
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error('expected a refusal, but the command was accepted');
};

/** Given events, when a command, then events: how the rules of an aggregate are told. */
export const specificationFor =
  <State, Command, Event>(decider: Decider<State, Command, Event>) =>
  (history: readonly Event[]) => ({
    when: (command: Command): Outcome<Event> => {
      const before = foldBy(decider, decider.initialState(), history);
      const decide = (): Event[] => decider.decide(command, before);
      return {
        then: (expected) => {
          const events = decide();
          assertSame(events, expected);
          foldBy(decider, before, events); // what was decided can be folded
        },
        thenNothing: () => assertSame(decide(), []),
        thenRefused: (code, message) => {
          const error = refusal(decide);
          assertSame([error.code, message && error.message], [code, message]);
        },
      };
    },
  });
