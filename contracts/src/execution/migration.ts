import { z } from 'zod';

import { large } from '../sealed.ts';
import { Text, Uuid } from '../text.ts';
import { Definition } from '../workflow/graph.ts';

/** What stands in the new definition for a node that has not begun: the node with the id `to`, or nothing. */
export const MovedNode = z.object({ from: z.string(), to: z.string().nullable() });
export type MovedNode = z.infer<typeof MovedNode>;

/** How an open run comes to go by another version of its workflow. */
export const migrationEvents = {
  /**
   * From here on the run goes by this definition. Nodes that have begun are in it under their ids, so that what
   * is on record of them, and the keys of their effects, count as before.
   */
  WorkflowMigrated: z.object({
    fromVersion: z.number().int(),
    toVersion: z.number().int(),
    definition: large(Definition),
    /** SHA-256 of the JSON text of `definition`. */
    definitionHash: z.string(),
    /** The nodes that a person said something of; all others stand for themselves. */
    nodes: z.array(MovedNode),
    totalNodes: z.number().int(),
  }),
} as const;

/** Stable: what keeps a run from going by another version. */
export const MigrationObstacleCode = z.enum([
  'run.not_found',
  'run.ended',
  'run.ending',
  'run.erased',
  'run.other_version',
  'run.busy',
  'run.limits_changed',
  'run.deadline_changed',
  'map.unknown_node',
  'map.unknown_target',
  'map.not_one_to_one',
  'node.not_mapped',
  'node.gone',
  'node.renamed',
  'node.kind_changed',
  'node.settings_changed',
  'node.undo_changed',
  'node.inputs_changed',
  'node.outputs_changed',
  'node.region_changed',
  'region.body_changed',
]);
export type MigrationObstacleCode = z.infer<typeof MigrationObstacleCode>;

export const MigrationObstacle = z.object({
  code: MigrationObstacleCode,
  /** The node that it is about, by its id in the run's definition; null for the run. */
  node_id: z.string().nullable(),
  message: z.string(),
});
export type MigrationObstacle = z.infer<typeof MigrationObstacle>;

const mostRuns = 100;
const Version = z.number().int().min(1);

/** POST /workflows/{id}/migrations. */
export const MigrateRunsRequest = z
  .strictObject({
    to_version: Version,
    /** Only runs that go by one of these versions; absent: by any other than `to_version`. */
    from_versions: z.array(Version).min(1).max(100).optional(),
    /** Only these runs, whatever `limit` says. */
    execution_ids: z.array(Uuid).min(1).max(mostRuns).optional(),
    /** Node id → the id of what stands for it in `to_version`, or null for nothing. */
    node_map: z
      .record(Text.min(1).max(255), Text.min(1).max(255).nullable())
      .refine((map) => Object.keys(map).length <= 1_000, 'At most 1,000 nodes can be mapped')
      .default({}),
    /** Tells what would be, and changes nothing: it is on unless you say otherwise. */
    dry_run: z.boolean().default(true),
    /** So many runs at most, the oldest first. */
    limit: z.number().int().min(1).max(mostRuns).default(mostRuns),
    /** Only runs behind this one in the order of `limit`: the answer's `next`. */
    after: Uuid.optional(),
  })
  .refine(({ execution_ids, after }) => execution_ids === undefined || after === undefined, {
    ...{ path: ['after'], error: 'Runs that are named are all in one answer' },
  });
export type MigrateRunsRequest = z.infer<typeof MigrateRunsRequest>;

export const RunMigration = z.object({
  execution_id: z.string(),
  /** The version that it goes by, or went by until now; null for no run of the workflow. */
  from_version: z.number().int().nullable(),
  /** `already`: it goes by that version, since a request like this one. */
  outcome: z.enum(['migratable', 'migrated', 'already', 'refused']),
  /** Why it is refused; otherwise empty. */
  obstacles: z.array(MigrationObstacle),
});
export type RunMigration = z.infer<typeof RunMigration>;

export const MigrateRunsResult = z.object({
  dry_run: z.boolean(),
  workflow_id: z.string(),
  to_version: z.number().int(),
  runs: z.array(RunMigration),
  /** Where the next request goes on; null when no more runs match. */
  next: z.string().nullable(),
});
export type MigrateRunsResult = z.infer<typeof MigrateRunsResult>;
