import { DomainError, type ExecutionEvent, StudioError } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { fold } from './evolve.ts';
import { obstaclesTo } from './migration.ts';
import type { Run } from './run.ts';
import { consequencesOf } from './settle.ts';

const rootNodes = ({ definition: { nodes } }: Order<'MigrateRun'>): number =>
  nodes.filter(({ parent }) => parent === undefined).length;

/** Errors: `execution.not_migratable`, with all `obstacles`. */
export const migrateRun = (run: Run, data: Order<'MigrateRun'>): ExecutionEvent[] => {
  if (run.status === 'unstarted')
    throw new StudioError('not_found', 'execution.not_found', 'There is no such run');
  const { toVersion, definition, definitionHash, nodes } = data;
  if (run.workflowVersion === toVersion) return [];
  const obstacles = obstaclesTo(run, data);
  const [first] = obstacles;
  if (first) throw new DomainError('execution.not_migratable', first.message, { obstacles });
  const migrated: ExecutionEvent = {
    type: 'WorkflowMigrated',
    data: {
      ...{ fromVersion: run.workflowVersion, toVersion, definition, definitionHash },
      ...{ nodes: [...nodes], totalNodes: rootNodes(data) },
    },
  };
  return [migrated, ...consequencesOf(fold(run, [migrated]))];
};
