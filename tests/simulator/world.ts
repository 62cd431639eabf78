import { type HttpAnswer, type HttpClient, type HttpRequest, StudioError } from '@studio/contracts';

import type { Chance } from './chance.ts';
import type { Machine } from './machine.ts';
import type { Trouble } from './trouble.ts';

/** One request as the other side saw it. */
export interface Arrival {
  readonly key: string;
  readonly unsafe: boolean;
}

/** Whatever effects reach: it answers as chance has it, and knows what arrived. */
export interface World {
  readonly arrivals: readonly Arrival[];
  receive(arrival: Arrival): HttpAnswer;
}

const statuses = [200, 200, 200, 200, 200, 404, 500, 503] as const;

export const createWorld = (chance: Chance, onArrival: (arrival: Arrival) => void): World => {
  const arrivals: Arrival[] = [];
  return {
    arrivals,
    receive: (arrival) => {
      arrivals.push(arrival);
      onArrival(arrival);
      return { status: chance.pick(statuses), headers: {}, body: arrivals.length };
    },
  };
};

export const arrivalOf = ({ headers, url }: Pick<HttpRequest, 'headers' | 'url'>): Arrival => ({
  key: headers['Idempotency-Key'] ?? '',
  unsafe: url.endsWith('/unsafe'),
});

const calledOff = (): StudioError =>
  new StudioError('cancelled', 'effect.cancelled', 'called off (simulated)');
const noAnswer = (): StudioError =>
  new StudioError('unavailable', 'http.failed', 'no answer (simulated)', {
    extra: { outcomeUnknown: true },
  });

interface Way {
  readonly chance: Chance;
  readonly trouble: Trouble;
  readonly machine: Machine;
}

/** The way of one machine's requests into the world: late, cut off, or without an answer. */
export const wayInto = (world: World, { chance, trouble, machine }: Way): HttpClient => ({
  request: (request) =>
    new Promise((resolve, reject) => {
      const { signal } = request;
      const lost = !trouble.isQuiet() && chance.oneIn(20);
      const workMs = chance.pick([0, 5, 50, 400, 3_000]);
      const off = (): void => {
        reject(calledOff());
      };
      signal.addEventListener('abort', off, { once: true });
      const arrive = async (): Promise<HttpAnswer | null> =>
        signal.aborted ? null : world.receive(arrivalOf(request));
      machine.time.after(0, () => {
        machine.ask(arrive, noAnswer).then((answer) => {
          machine.time.after(workMs, () => {
            signal.removeEventListener('abort', off);
            if (!answer || lost) reject(noAnswer());
            else resolve(answer);
          });
        }, reject);
      });
    }),
});
