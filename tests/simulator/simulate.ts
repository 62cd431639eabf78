import type { RecordedEvent } from '@studio/contracts';
import { isOver } from '@studio/domain';

import { checkFamilies } from './families.ts';
import { checkEnd, checkIndex, checkOutcomes, checkTries, type Complain } from './promises.ts';
import { createScene, type Scene } from './scene.ts';
import type { Switch } from './switches.ts';

/** What came of one seed. */
export interface Simulation {
  readonly seed: number;
  readonly steps: number;
  readonly simulatedMs: number;
  readonly runs: number;
  readonly facts: number;
  readonly arrivals: number;
  /** The first promise that was broken; null: none was. */
  readonly broken: string | null;
}

export interface SimulateOptions {
  readonly switchedOn?: Switch | null;
  /** Told what happens, line by line. */
  readonly tell?: (line: string) => void;
  /** So many steps at most; a course that is longer than that ends nowhere. */
  readonly mostSteps?: number;
}

/** Nothing goes wrong any more from then on. */
const troubleMs = 12_000;
/** By then every run has to have ended: there is nothing that it could wait for so long. */
const patienceMs = 120_000;
/** After the last run has ended, what is still under way comes in. */
const afterglowMs = 6_000;

const gistOf = ({ stream, revision, type, data, metadata }: RecordedEvent): string => {
  const instance = 'instanceId' in data ? ` ${String(data.instanceId)}` : '';
  const attempt = 'attempt' in data ? `#${data.attempt}` : '';
  return `${type}${instance}${attempt} (${stream.slice(-4)} ${revision}, ${metadata.actor.kind})`;
};

const areOver = ({ truth, allBegun }: Scene): boolean =>
  allBegun() && [...truth.runs.values()].every(({ run }) => isOver(run));

const checkStep = (
  { truth, index, say }: Scene,
  news: readonly RecordedEvent[],
  complain: Complain,
): void => {
  for (const event of news) say('log', gistOf(event));
  if (news.length > 0)
    for (const known of truth.runs.values()) {
      checkOutcomes(known, complain);
      checkTries(known, complain);
    }
  checkIndex(truth, index.seen(), complain);
};

/** True once there is nothing left to see. */
const createEnding = (scene: Scene): (() => boolean) => {
  const { agenda, trouble } = scene;
  let endsAtMs = Infinity;
  return () => {
    if (!trouble.isQuiet() && agenda.nowMs() >= troubleMs) trouble.quiet();
    if (!trouble.isQuiet()) return false;
    endsAtMs = areOver(scene) ? Math.min(endsAtMs, agenda.nowMs() + afterglowMs) : Infinity;
    return agenda.nowMs() >= Math.min(endsAtMs, troubleMs + patienceMs);
  };
};

interface Steps {
  readonly mostSteps: number;
  readonly goesOn: () => boolean;
  readonly complain: Complain;
}

/** Takes one step after the other and looks at everything in between; tells how many there were. */
const takeSteps = async (scene: Scene, { mostSteps, goesOn, complain }: Steps): Promise<number> => {
  let steps = 0;
  for (; steps < mostSteps && goesOn(); steps += 1) {
    await scene.agenda.step();
    checkStep(scene, await scene.truth.catchUp(), complain);
  }
  return steps;
};

const countsOf = ({ agenda, truth, world }: Scene) => {
  const runs = [...truth.runs.values()];
  const facts = runs.reduce((sum, known) => sum + known.facts.length, 0);
  const arrivals = world.arrivals.length;
  return { simulatedMs: agenda.nowMs(), runs: runs.length, facts, arrivals };
};

/** Runs everything from one seed: the same seed is the same course, to the last step. */
export const simulate = async (
  seed: number,
  { switchedOn = null, tell = () => undefined, mostSteps = 100_000 }: SimulateOptions = {},
): Promise<Simulation> => {
  const broken: string[] = [];
  const complain: Complain = (promise, details) => {
    broken.push(`${promise}: ${details}`);
  };
  const scene = createScene({ seed, switchedOn, complain, tell });
  const { truth, world } = scene;
  const isAtEnd = createEnding(scene);
  const goesOn = (): boolean => broken.length === 0 && !isAtEnd();
  const steps = await takeSteps(scene, { mostSteps, goesOn, complain });
  if (broken.length === 0) checkEnd(truth, world.arrivals, complain);
  checkFamilies(truth, complain);
  return { seed, steps, broken: broken[0] ?? null, ...countsOf(scene) };
};
