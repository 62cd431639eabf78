import type { StoredEvent } from '@studio/contracts';

import { endings, type Fact, outcomesPerNode } from '../crash/proof.ts';
import type { Arrival } from '../fixtures/countingServer.ts';
import { most, repeatableCalls, unsafeCalls } from './workflow.ts';

/** The instance that made a call, by its path. */
const instanceOf = (path: string): { run: string; node: string; instance: string } => {
  const url = new URL(path, 'http://witness');
  const node = url.pathname.slice(1);
  const at = url.searchParams.get('at');
  const instance = at === null ? node : `${node}[${at}]`;
  return { run: url.searchParams.get('run') ?? '', node, instance };
};

/** The arrivals of each run, by instance. */
export const arrivalsByRun = (arrivals: readonly Arrival[]) => {
  const runs = new Map<string, Map<string, Arrival[]>>();
  for (const arrival of arrivals) {
    const { run, instance } = instanceOf(arrival.path);
    const ofRun = runs.get(run) ?? new Map<string, Arrival[]>();
    runs.set(run, ofRun.set(instance, [...(ofRun.get(instance) ?? []), arrival]));
  }
  return runs;
};

const nodeOf = (instance: string): string => instance.replace(/\[.*/, '');

/** What a call of a run did that it must not. */
const wrongCall = (instance: string, arrivals: readonly Arrival[]): readonly string[] => {
  const keys = new Set(arrivals.map(({ idempotencyKey }) => idempotencyKey));
  const wrong = [];
  if (unsafeCalls.includes(nodeOf(instance)) && arrivals.length > 1)
    wrong.push(`${instance} arrived ${arrivals.length} times`);
  if (repeatableCalls.includes(nodeOf(instance)) && (keys.size > 1 || keys.has(null)))
    wrong.push(`${instance} has the keys ${[...keys].join()}`);
  return wrong;
};

/** Whether the engine, and no person, recorded that a call took place. */
const saysItTookPlace = ({ type, data, metadata }: Fact): boolean =>
  type === 'NodeCompleted' &&
  metadata.actor.kind === 'executor' &&
  [...unsafeCalls, ...repeatableCalls].includes(nodeOf(String(data['instanceId'])));

/** All that the facts of a run that has ended, or the witness, say against the promises. */
export const broken = (
  facts: readonly Fact[],
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
): readonly string[] => {
  const ends = facts.filter(({ type }) => endings.includes(type)).length;
  const doubled = [...outcomesPerNode(facts)].filter(([, count]) => count !== 1);
  const unseen = facts
    .filter(saysItTookPlace)
    .map(({ data }) => String(data['instanceId']))
    .filter((instance) => !arrivals.has(instance));
  return [
    ...(ends === 1 ? [] : [`the run has ended ${ends} times`]),
    ...doubled.map(([instance, count]) => `${instance} has ${count} outcomes`),
    ...unseen.map((instance) => `${instance} is recorded, and never arrived`),
    ...[...arrivals].flatMap(([instance, all]) => wrongCall(instance, all)),
  ];
};

/** The executors that recorded something. */
export const ownersIn = (events: readonly StoredEvent[]): ReadonlySet<string> =>
  new Set(
    events.flatMap(({ metadata }) => {
      const { actor } = JSON.parse(metadata) as Pick<Fact['metadata'], 'actor'>; // every event says who
      return actor.kind === 'executor' ? [actor.id] : [];
    }),
  );

/** How many calls inside of loops one executor began and another one had to begin again. */
export const iterationsTakenOver = (facts: readonly Fact[]): number => {
  const owners = new Map<string, Set<string>>();
  for (const { type, data, metadata } of facts) {
    const instance = String(data['instanceId']);
    if (type !== 'NodeStarted' || !instance.includes('[')) continue;
    owners.set(instance, (owners.get(instance) ?? new Set()).add(metadata.actor.id));
  }
  return [...owners.values()].filter(({ size }) => size > 1).length;
};

/** The most runs that ever held a permit together, by the order of the log, over all and for one customer. */
export const heldTogether = (
  events: readonly StoredEvent[],
  customerOf: ReadonlyMap<string, number>,
): { readonly together: number; readonly ofOneCustomer: number } => {
  const holding = new Set<string>();
  const seen = { together: 0, ofOneCustomer: 0 };
  for (const { stream, type } of events) {
    const run = stream.replace('execution-', '');
    const customer = customerOf.get(run);
    if (customer === undefined) continue;
    if (endings.includes(type)) holding.delete(run);
    if (type !== 'PermitsGranted') continue;
    holding.add(run);
    const same = [...holding].filter((other) => customerOf.get(other) === customer).length;
    seen.together = Math.max(seen.together, holding.size);
    seen.ofOneCustomer = Math.max(seen.ofOneCustomer, same);
  }
  return seen;
};

/** No sooner than this can so many runs have begun. */
export const soonestMs = (runs: number): number =>
  (Math.ceil(runs / most.within) - 1) * most.withinMs;
