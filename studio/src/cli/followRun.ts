import { FactView } from '@studio/contracts';

import { backOff, prefixOf } from './api.ts';
import { CommandError, exitCodes } from './exitCodes.ts';
import { type FactSource, readFacts } from './facts.ts';
import type { Shell } from './shell.ts';
import { socketMessages } from './socketMessages.ts';

const patienceMs = 60_000;

const endings: Readonly<Record<string, 'completed' | 'failed' | 'cancelled'>> = {
  WorkflowCompleted: 'completed',
  WorkflowFailed: 'failed',
  WorkflowCancelled: 'cancelled',
};
/** How a run ended, if this fact ends it. */
export const endingOf = ({ type }: FactView) => endings[type];

const factOf = (text: string): FactView | null => {
  const message = JSON.parse(text) as { type?: unknown; event?: unknown }; // the socket brings objects
  return message.type === 'fact' ? FactView.parse(message.event) : null;
};

const isOutOfReach = (error: unknown): boolean =>
  error instanceof CommandError && error.exitCode === exitCodes.unreachable;

/** Where a follower is, and how its connection does. */
interface Place {
  last: FactView | undefined;
  /** When a socket last gave a sign of life, by performance.now(). */
  heardAt: number;
  tries: number;
}

interface Following {
  readonly shell: Shell;
  readonly api: FactSource;
  readonly id: string;
  readonly place: Place;
}

async function* fromSocket({ shell, api, id, place }: Following): AsyncGenerator<FactView> {
  const address = new URL(`${shell.origin}${prefixOf(shell)}/ws/executions/${id}`);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('after', place.last?.position ?? '');
  const heard = (): void => {
    place.heardAt = performance.now();
    place.tries = 0;
  };
  for await (const text of socketMessages(address.href, await api.token(), heard)) {
    heard();
    const fact = factOf(text);
    if (fact) yield (place.last = fact);
  }
}

/** Over HTTP first: it says why, where a socket only does not open. */
async function* oneConnection(following: Following): AsyncGenerator<FactView> {
  const { api, id, place } = following;
  try {
    const from = place.last ? place.last.revision + 1 : 0;
    for await (const fact of readFacts(api, id, from)) yield (place.last = fact);
    yield* fromSocket(following);
  } catch (error) {
    if (!isOutOfReach(error) || !place.last) throw error;
  }
}

/** True when the end was not the last word: somebody has had the run go on since. */
const goesOnAfter = async (
  api: FactSource,
  id: string,
  { revision }: FactView,
): Promise<boolean> => {
  try {
    for await (const { type } of readFacts(api, id, revision + 1))
      if (type === 'WorkflowRetried') return true;
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
  }
  return false;
};

/**
 * Every fact of a run once, in order, from the first to the one that ends it: live, and across lost connections and
 * restarts of the studio. Throws when the run cannot be seen, or no studio answers for a minute.
 */
export async function* followRun(
  shell: Shell,
  api: FactSource,
  id: string,
): AsyncGenerator<FactView> {
  const place: Place = { last: undefined, heardAt: performance.now(), tries: 0 };
  for (;;) {
    for await (const fact of oneConnection({ shell, api, id, place })) {
      yield fact;
      if (endingOf(fact) && !(await goesOnAfter(api, id, fact))) return;
    }
    if (performance.now() - place.heardAt > patienceMs)
      throw new CommandError(exitCodes.unreachable, `The connection to ${shell.origin} is lost`);
    if (place.tries === 1) shell.remark('The connection is lost; trying again …');
    await backOff(place.tries++);
  }
}
