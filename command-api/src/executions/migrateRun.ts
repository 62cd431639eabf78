import {
  type ExecutionCommand,
  executionStream,
  type Head,
  type MigrationObstacle,
  type RunMigration,
  StudioError,
} from '@studio/contracts';
import { type Cause, handle, load, type Loaded, type Run, run } from '@studio/domain';
import type { OpenRun } from '@studio/infra';

import type { CommandApiDependencies } from '../dependencies.ts';

/** One run among many, and the version that all of them are to go by. */
export interface MigrationOrder {
  readonly open: OpenRun;
  readonly command: Extract<ExecutionCommand, { type: 'MigrateRun' }>;
  readonly cause: Cause;
  readonly isDryRun: boolean;
}

export interface Migration {
  readonly report: RunMigration;
  readonly head: Head | null;
}

const tell = async (
  dependencies: CommandApiDependencies,
  known: Loaded<Run>,
  { open, command, cause, isDryRun }: MigrationOrder,
): Promise<{ facts: number; head: Head | null }> => {
  if (isDryRun) return { facts: run.decide(command, known.state).length, head: null };
  const { events, head } = await handle(dependencies, run, {
    ...{ stream: executionStream(open.executionId), known, command, cause },
    keys: ({ keyId }) => ({ run: keyId }),
  });
  return { facts: events.length, head };
};

/** Why it is not done: what the run refuses it for, or that it moved on, each time it was to be told. */
const obstaclesIn = (error: unknown): MigrationObstacle[] => {
  if (!(error instanceof StudioError)) throw error;
  if (error.code === 'execution.not_migratable')
    return error.extra['obstacles'] as MigrationObstacle[]; // so the decider refuses it
  if (error.code !== 'service.unavailable') throw error;
  const message = 'The run went on each time it was about to be told: ask again';
  return [{ code: 'run.busy', node_id: null, message }];
};

const outcomeOf = (facts: number, isDryRun: boolean): RunMigration['outcome'] => {
  if (facts === 0) return 'already';
  return isDryRun ? 'migratable' : 'migrated';
};

/** Has one run go by the other version, or tells all that keeps it from that. */
export const migrateRun = async (
  dependencies: CommandApiDependencies,
  order: MigrationOrder,
): Promise<Migration> => {
  const { executionId: execution_id } = order.open;
  const known = await load(dependencies.log, run, executionStream(order.open.executionId));
  const of = { execution_id, from_version: known.state.workflowVersion };
  try {
    const { facts, head } = await tell(dependencies, known, order);
    const outcome = outcomeOf(facts, order.isDryRun);
    return { report: { ...of, outcome, obstacles: [] }, head };
  } catch (error) {
    const obstacles = obstaclesIn(error);
    return { report: { ...of, outcome: 'refused', obstacles }, head: null };
  }
};
