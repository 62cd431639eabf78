import type { EventLog, EventStore, ExecutionCommand, ExecutionId, KeyId } from '@studio/contracts';
import {
  createEventLog,
  createInMemoryEventStore,
  createInMemoryFileStorage,
  createInMemoryKeyRing,
  sleep,
} from '@studio/infra';

import { type Agenda, createAgenda } from './agenda.ts';
import { type Chance, chanceOf, idsAt } from './chance.ts';
import { type Place, startPlace } from './executors.ts';
import { createIndexRows, type IndexRows } from './indexRows.ts';
import { createMachine, type Machine } from './machine.ts';
import { giveOrder, type PeopleParts, startPeople } from './people.ts';
import { checkArrival, checkLive, type Complain } from './promises.ts';
import { remoteStore } from './remoteStore.ts';
import { createShardRows } from './shardRows.ts';
import { saveSubWorkflow, triggersFor } from './subWorkflow.ts';
import {
  alreadyPerformed,
  checkpointFirst,
  effectsFirst,
  type Switch,
  withoutEpochs,
} from './switches.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import { createTruth, type Truth } from './truth.ts';
import { subWorkflowBy, workflowBy } from './workflows.ts';
import { createWorld, wayInto, type World } from './world.ts';

export interface SceneParts {
  readonly seed: number;
  readonly switchedOn: Switch | null;
  readonly complain: Complain;
  readonly tell: (line: string) => void;
}

/** Everything that a simulation consists of, ready to go. */
export interface Scene {
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly trouble: Trouble;
  readonly truth: Truth;
  readonly world: World;
  readonly index: IndexRows;
  readonly say: (who: string, what: string) => void;
  /** True once all runs that there will be are asked for. */
  readonly allBegun: () => boolean;
}

const dayZero = Date.parse('2026-01-01T00:00:00.000Z');

const startOf = (executionId: string, keyId: string, chance: Chance): ExecutionCommand => {
  const definition = workflowBy(chance);
  return {
    type: 'StartWorkflow',
    data: {
      ...{ executionId, keyId, definition, workflowId: 'w', workflowVersion: 1 },
      ...{ workflowName: 'W', userId: 'u', engineVersion: 1, definitionHash: 'h', context: {} },
      ...{ triggerType: 'manual', trigger: {}, priority: 0, maxRetries: 2 },
      totalNodes: definition.nodes.length,
    },
  };
};

/** Starts a few runs, one after the other. */
const startRuns = async (people: PeopleParts, chance: Chance, keyId: string): Promise<void> => {
  for (let runs = chance.between(1, 4); runs > 0; runs -= 1) {
    await sleep(people.machine.time, chance.pick([0, 100, 1_000, 3_000]));
    const id = people.newId() as ExecutionId; // made up here
    await giveOrder(people, id, startOf(id, keyId, chance));
  }
};

/** Things go wrong at a place now and then, until all is quiet. */
const startDisturbing = (
  { agenda, chance, trouble }: { agenda: Agenda; chance: Chance; trouble: Trouble },
  places: readonly [Place, ...Place[]],
): void => {
  const next = (): void => {
    agenda.in(chance.between(20, 2_000), () => {
      if (trouble.isQuiet()) return;
      chance.pick(places).disturb();
      next();
    });
  };
  next();
};

export const createScene = ({ seed, switchedOn, complain, tell }: SceneParts): Scene => {
  const chance = chanceOf(seed);
  const agenda = createAgenda(chance);
  const trouble = createTrouble(chance);
  const newId = idsAt(() => dayZero + agenda.nowMs());
  const now = (): string => new Date(dayZero + agenda.nowMs()).toISOString();
  const say = (who: string, what: string): void => {
    tell(`${String(agenda.nowMs()).padStart(7)} ms  ${who}: ${what}`);
  };

  const keyId = newId() as KeyId; // made up here
  const keys = createInMemoryKeyRing([[keyId, chance.bytes(32)]]);
  const store = createInMemoryEventStore();
  const files = createInMemoryFileStorage();
  const logOver = (over: EventStore): EventLog =>
    createEventLog({ store: over, keys, files, random: (count) => chance.bytes(count) });

  const truth = createTruth(logOver(store));
  const arrived = new Map<string, number>();
  const world = createWorld(chance, (arrival) => {
    const { key, unsafe } = arrival;
    const before = arrived.get(key) ?? 0;
    say('world', `${unsafe ? 'unsafe' : 'idempotent'} ${key}, arrival ${before + 1}`);
    checkArrival(truth, arrival, { before, complain });
    arrived.set(key, before + 1);
  });

  const logFor = (machine: Machine): EventLog => logOver(remoteStore(store, machine));
  const index = createIndexRows(now);
  const shards = createShardRows(now);
  const around = {
    ...{ agenda, chance, trouble, newId, tell: say },
    logFor: (machine: Machine) =>
      switchedOn === 'intent' ? effectsFirst(logFor(machine), world) : logFor(machine),
    httpFor: (machine: Machine) =>
      switchedOn === 'intent' ? alreadyPerformed : wayInto(world, { chance, trouble, machine }),
    triggers: triggersFor(subWorkflowBy(chance), keyId),
    index: switchedOn === 'checkpoint' ? checkpointFirst(index, agenda) : index,
    shards: switchedOn === 'epoch' ? withoutEpochs(shards) : shards,
    onLive: (live: Parameters<typeof checkLive>[1]) => {
      checkLive(truth, live, complain);
    },
  };

  const ofPeople = createMachine({
    ...{ name: 'people', agenda, chance, trouble: { ...trouble, dies: () => false } },
    onDeath: () => undefined,
  });
  const people: PeopleParts = { log: logFor(ofPeople), machine: ofPeople, newId, now };
  let allBegun = false;
  void saveSubWorkflow(logOver(store), newId)
    .then(() => startRuns(people, chance, keyId))
    .then(() => (allBegun = true));
  void startPeople(people, { truth, chance, trouble });
  startDisturbing({ agenda, chance, trouble }, [startPlace(around, 'A'), startPlace(around, 'B')]);

  return { agenda, chance, trouble, truth, world, index, say, allBegun: () => allBegun };
};
