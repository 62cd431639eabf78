import { isDeepStrictEqual } from 'node:util';

import type { ExecutionId } from '@studio/contracts';
import { foldRun, initialRun, isOver, planRun, type Run } from '@studio/domain';

import { outcomesTwice } from '../flow/outcomes.ts';
import { declaringUndo, undone } from '../flow/undone.ts';
import type { TrueRun, Truth } from './truth.ts';
import type { Arrival } from './world.ts';

/** Tells of a promise that was broken; the first one ends the simulation. */
export type Complain = (promise: string, details: string) => void;

/** An effect may only arrive with its intent on record, and an unsafe one only once for each of these. */
export const checkArrival = (
  truth: Truth,
  { key, unsafe }: Arrival,
  { before, complain }: { before: number; complain: Complain },
): void => {
  const intents = truth.intents(key);
  if (key === '') complain('effects carry their key', 'a request came without one');
  if (intents === 0) complain('intent before effect', `${key} arrived and is not on record`);
  if (unsafe && before + 1 > intents)
    complain('unsafe effects at most once', `${key}: arrival ${before + 1} of ${intents} intents`);
};

/** What an executor holds in memory is what the log says. */
export const checkLive = (truth: Truth, live: Run, complain: Complain): void => {
  if (live.revision < 0) return;
  const fold = truth.runs.get(live.executionId)?.folds.get(live.revision);
  const at = `${live.executionId} at revision ${live.revision}`;
  if (!fold) complain('fold(events) is the live state', `${at}: no append ended there`);
  else if (!isDeepStrictEqual(fold, live)) complain('fold(events) is the live state', at);
  else if (!isDeepStrictEqual(planRun(fold), planRun(live))) complain('same log, same plan', at);
};

export const checkOutcomes = ({ facts }: TrueRun, complain: Complain): void => {
  const twice = outcomesTwice(facts);
  if (twice.length > 0) complain('one outcome for each attempt', twice.join(', '));
};

const closing = new Set<string>(['NodeCompleted', 'NodeFailed', 'NodeInDoubt', 'NodeCancelled']);

/** An unsafe effect is tried again only once something is on record of the try before. */
export const checkTries = ({ facts }: TrueRun, complain: Complain): void => {
  const open = new Set<string>();
  for (const { type, data } of facts) {
    if (!('instanceId' in data) || !data.instanceId) continue;
    const { instanceId } = data;
    if (closing.has(type)) open.delete(instanceId);
    if (type !== 'NodeStarted') continue;
    if (data.effect === 'unsafe' && open.has(instanceId))
      complain('unsafe effects at most once', `${instanceId} begins while nothing is known of it`);
    open.add(instanceId);
  }
};

/** The rows of the engine's index are those of its checkpoint. */
export const checkIndex = (
  truth: Truth,
  { checkpoint, open }: { readonly checkpoint: bigint; readonly open: readonly ExecutionId[] },
  complain: Complain,
): void => {
  const expected = truth.openAt(checkpoint);
  if (open.length !== expected.size || open.some((id) => !expected.has(id)))
    complain('no checkpoint ahead of its rows', `the engine's index at ${checkpoint}`);
};

const keysOf = ({ facts }: TrueRun): Map<string, Set<string>> => {
  const keys = new Map<string, Set<string>>();
  for (const { type, data } of facts) {
    if (type !== 'NodeStarted') continue;
    const place = `${data.instanceId} ${data.generation}`;
    keys.set(place, (keys.get(place) ?? new Set()).add(data.idempotencyKey));
  }
  return keys;
};

/** Instances whose effect succeeded by its own account: not by what a person said. */
const succeeded = ({ facts }: TrueRun): string[] => {
  const keys = new Map<string, string>();
  return facts.flatMap(({ type, data, metadata }) => {
    if (type === 'NodeStarted') keys.set(data.instanceId, data.idempotencyKey);
    if (type === 'ChildStarted') keys.delete(data.instanceId); // another run's effects
    const own = type === 'NodeCompleted' && metadata.actor.kind === 'executor';
    return own ? (keys.get(data.instanceId) ?? []) : [];
  });
};

/** What a failed or cancelled run did is undone, and a completed one's is not. */
const checkUndone = ({ run, facts }: TrueRun, complain: Complain): void => {
  const { told, due } = undone(facts, declaringUndo(run.definition));
  if (!isDeepStrictEqual(told, due))
    complain('each undo once, the last first', `${told.join(', ')}, and not ${due.join(', ')}`);
};

const checkRunAtEnd = (known: TrueRun, arrived: ReadonlySet<string>, complain: Complain): void => {
  const { run, facts } = known;
  if (!isOver(run)) complain('every run ends', `${run.executionId} is ${run.status}`);
  const again = foldRun(initialRun, facts);
  if (!isDeepStrictEqual(again, run)) complain('one fold', `${run.executionId} from zero`);
  if (!isDeepStrictEqual(planRun(again), planRun(run)))
    complain('same log, same plan', `${run.executionId} from zero`);
  for (const [place, keys] of keysOf(known))
    if (keys.size !== 1) complain('one key for each instance and generation', place);
  checkUndone(known, complain);
  for (const key of succeeded(known))
    if (!arrived.has(key)) complain('effects at least once', `${key} succeeded and never arrived`);
};

/** What holds once all is quiet. */
export const checkEnd = (truth: Truth, arrivals: readonly Arrival[], complain: Complain): void => {
  const arrived = new Set(arrivals.map(({ key }) => key));
  for (const known of truth.runs.values()) checkRunAtEnd(known, arrived, complain);
};
