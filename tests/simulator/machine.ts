import { StudioError, type Timekeeper } from '@studio/contracts';

import type { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import type { Trouble } from './trouble.ts';

/**
 * A process as the simulator has it: all that reaches it from outside does so as a step of the
 * agenda, so that it can stand still, or be gone for ever, between any two of them.
 */
export interface Machine {
  readonly name: string;
  readonly time: Timekeeper;
  /** Aborted when the process is gone. Nobody in the process may listen: it is dead by then. */
  readonly gone: AbortSignal;
  isAlive(): boolean;
  kill(): void;
  /** Nothing reaches it for so long. */
  standStill(ms: number): void;
  /** A request to another machine and its answer, each with a time of its own under way. */
  ask<Answer>(work: () => Promise<Answer>, failure?: () => Error): Promise<Answer>;
  /** Resolves when a message from outside has come in. */
  arrival(): Promise<void>;
}

export interface MachineParts {
  readonly name: string;
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly trouble: Trouble;
  readonly onDeath: () => void;
}

const unavailable = (): Error =>
  new StudioError('unavailable', 'service.unavailable', 'no answer (simulated)');

export const createMachine = (parts: MachineParts): Machine => {
  const { name, agenda, chance, trouble, onDeath } = parts;
  const startedAtMs = chance.between(0, 100_000); // no two monotonic clocks have the same origin
  const gone = new AbortController();
  let stillUntilMs = 0;

  /** What comes in does so only to a process that runs. */
  const comeIn = (then: () => void): void => {
    if (gone.signal.aborted) return;
    const stillMs = stillUntilMs - agenda.nowMs();
    if (stillMs <= 0) then();
    else
      agenda.in(stillMs, () => {
        comeIn(then);
      });
  };
  const after = (ms: number, then: () => void): (() => void) =>
    agenda.in(ms, () => {
      comeIn(then);
    });
  const kill = (): void => {
    if (gone.signal.aborted) return;
    gone.abort();
    onDeath();
  };
  const arrival = (): Promise<void> =>
    new Promise((resolve) => {
      after(trouble.underWayMs(), resolve);
    });

  const ask: Machine['ask'] = (work, failure = unavailable) =>
    new Promise((resolve, reject) => {
      const answer = (then: () => void): void => {
        if (trouble.dies()) kill();
        after(trouble.underWayMs(), then);
      };
      const fate = trouble.fate();
      const perform = (): void => {
        work().then(
          (answered) => {
            answer(() => {
              if (fate === 'answered') resolve(answered);
              else reject(failure());
            });
          },
          (error: unknown) => {
            answer(() => {
              reject(error instanceof Error ? error : unavailable());
            });
          },
        );
      };
      // What was sent arrives, also when its sender is gone by then.
      agenda.in(trouble.underWayMs(), () => {
        if (fate !== 'refused') perform();
        else
          answer(() => {
            reject(failure());
          });
      });
    });

  return {
    name,
    time: { nowMs: () => startedAtMs + agenda.nowMs(), after },
    gone: gone.signal,
    isAlive: () => !gone.signal.aborted,
    kill,
    standStill: (ms) => {
      stillUntilMs = Math.max(stillUntilMs, agenda.nowMs() + ms);
    },
    ask,
    arrival,
  };
};
