import type {
  EngineIndex,
  EventLog,
  HttpClient,
  ModelProvider,
  PermitTable,
  ShardTable,
  UserId,
} from '@studio/contracts';
import type { Run } from '@studio/domain';
import { type Executor, startExecutor, type TriggerParts, type Workbench } from '@studio/executor';
import { deterministicId } from '@studio/infra';
import { findKind } from '@studio/kinds';

import type { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import { remoteIndex } from './indexRows.ts';
import { createMachine, type Machine } from './machine.ts';
import type { Trouble } from './trouble.ts';

/** What all executors share, and how each reaches it. */
export interface Surroundings {
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly trouble: Trouble;
  readonly newId: () => string;
  readonly logFor: (machine: Machine) => EventLog;
  readonly httpFor: (machine: Machine) => HttpClient;
  readonly triggers: TriggerParts;
  readonly index: EngineIndex;
  readonly shards: ShardTable;
  readonly onLive: (run: Run) => void;
  readonly tell: (machine: string, what: string) => void;
}

const noModels: ModelProvider = {
  name: 'none',
  simulated: false,
  complete: () => Promise.reject(new Error('no node asks a model')),
};

/** No run here is started under limits. */
const noLimits: PermitTable = {
  grant: async () => ({ granted: [], superseded: [], someWait: false, nextInMs: null }),
};

const workbenchOf = ({ chance }: Surroundings, http: HttpClient): Workbench => ({
  ...{ findKind, deterministicId, http, models: noModels, pseudonym: (text) => text },
  people: {
    accountOf: async (email) => deterministicId(['account', email]) as UserId, // invented here
  },
  expressions: {
    evaluate: async () => chance.oneIn(2),
    render: async (settings) => settings,
  },
});

const remoteShards = (table: ShardTable, machine: Machine): ShardTable => ({
  beat: (owner) => machine.ask(() => table.beat(owner)),
  rows: () => machine.ask(() => table.rows()),
  take: (owner, seen) => machine.ask(() => table.take(owner, seen)),
  release: (owner) => machine.ask(() => table.release(owner)),
});

const launch = (around: Surroundings, machine: Machine): Promise<Executor> =>
  startExecutor({
    ...{ newId: around.newId, alone: false, time: machine.time },
    maxEffects: around.chance.pick([1, 3, 64]),
    log: around.logFor(machine),
    index: remoteIndex(around.index, machine),
    shards: remoteShards(around.shards, machine),
    permits: noLimits,
    triggers: around.triggers,
    workbench: workbenchOf(around, around.httpFor(machine)),
    onFacts: around.onLive,
    onError: (error, where) => {
      around.tell(machine.name, `${where}: ${String(error)}`);
    },
  });

/** A place where an executor runs: when one dies there, or cannot start, the next one comes. */
export interface Place {
  /** Kills, stops or halts whatever runs here now. */
  disturb(): void;
}

const disturbances = ['kill', 'stop', 'halt', 'halt'] as const;

export const startPlace = (around: Surroundings, name: string): Place => {
  const { agenda, chance, trouble, tell } = around;
  let machine: Machine | null = null;
  let executor: Executor | null = null;

  const begin = (): void => {
    const own = createMachine({
      ...{ name, agenda, chance, trouble },
      onDeath: () => {
        tell(name, 'is gone');
        executor = null;
        agenda.in(trouble.isQuiet() ? 0 : chance.pick([0, 500, 7_000]), begin);
      },
    });
    machine = own;
    tell(name, 'starts');
    launch(around, own).then(
      (started) => {
        executor = started;
      },
      () => {
        own.kill();
      },
    );
  };
  begin();

  const stop = (own: Machine, running: Executor): void => {
    void running.stop(chance.pick([0, 300])).then(() => {
      own.kill();
    });
  };

  return {
    disturb: () => {
      if (!machine?.isAlive()) return;
      const what = chance.pick(disturbances);
      const ms = chance.pick([500, 4_500, 9_000]);
      tell(name, what === 'halt' ? `stands still for ${ms} ms` : what);
      if (what === 'halt') machine.standStill(ms);
      else if (what === 'kill' || !executor) machine.kill();
      else stop(machine, executor);
    },
  };
};
