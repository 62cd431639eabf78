import type { EventLog } from '@studio/contracts';
import {
  createLagGauge,
  type Database,
  type ProjectionPosition,
  type ProjectionPositions,
} from '@studio/infra';

import { executions } from './executions.ts';
import { type Keeper, startKeeper } from './keeper.ts';
import type { Pace } from './pace.ts';
import { pendingApprovals } from './pendingApprovals.ts';
import type { Projection } from './projection.ts';
import { runRetention } from './runRetention.ts';
import { streams } from './streams.ts';
import { workflows } from './workflows.ts';

export interface ProjectorsDeps {
  readonly pool: Database;
  readonly log: EventLog;
  /** Told of failures that are tried again; never a payload. */
  readonly onTrouble: (error: unknown) => void;
  readonly projections?: readonly Projection[];
  readonly pace?: Partial<Pace>;
}

/** The running projections of this process. */
export interface Projectors extends ProjectionPositions {
  /** Fills fresh tables from the log and switches the views to them; ends when that is done. */
  rebuild(projection: string): Promise<void>;
  /** Tries the parked streams of a projection again. */
  retryParked(projection: string): Promise<void>;
  /** Finishes the batches under way. */
  stop(): Promise<void>;
}

export const builtInProjections: readonly Projection[] = [
  workflows,
  executions,
  pendingApprovals,
  runRetention,
  streams,
];

const positionOf = (keeper: Keeper, lagMs: number): ProjectionPosition => {
  const active = keeper.active();
  return {
    projection: keeper.name,
    generation: active?.generation.name ?? '',
    position: active?.position() ?? 0n,
    lagMs,
    parkedStreams: active?.parkedStreams() ?? 0,
  };
};

/** Starts every projection; ends once their tables stand. Two processes may run the same ones: one of them writes. */
export const startProjectors = async (deps: ProjectorsDeps): Promise<Projectors> => {
  const { pool, log, onTrouble, pace = {}, projections = builtInProjections } = deps;
  const keepers = new Map<string, Keeper>();
  for (const projection of projections)
    keepers.set(
      projection.name,
      await startKeeper({
        ...{ pool, log, onTrouble, projection },
        pace: { ...projection.pace, ...pace },
      }),
    );
  const gauge = createLagGauge();
  const keeperOf = (name: string): Keeper => {
    const keeper = keepers.get(name);
    if (!keeper) throw new TypeError(`there is no projection ${name}`);
    return keeper;
  };
  return {
    positions: async () => {
      const end = await log.lastPosition();
      return [...keepers.values()].map((keeper) =>
        positionOf(keeper, gauge.measure(keeper.name, keeper.active()?.position() ?? 0n, end)),
      );
    },
    waitFor: async (name, position, timeoutMs) =>
      (await keeperOf(name).active()?.waitFor(position, timeoutMs)) ?? false,
    rebuild: (name) => keeperOf(name).rebuild(),
    retryParked: async (name) => keeperOf(name).active()?.retryParked(),
    stop: async () => {
      await Promise.all([...keepers.values()].map((keeper) => keeper.stop()));
    },
  };
};
