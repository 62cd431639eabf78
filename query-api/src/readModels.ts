import type {
  agentsTable,
  Columns,
  correlationsTable,
  Database,
  executionNamesTable,
  executionsTable,
  executionTotalsTable,
  momentsTable,
  nodeExecutionsTable,
  pendingApprovalsTable,
  streamsTable,
  workflowsTable,
} from '@studio/infra';
import { Kysely, PostgresDialect } from 'kysely';

interface Stored {
  id: string;
  text: string;
  int: number;
  boolean: boolean;
  instant: Date;
  json: unknown;
  count: string;
  position: string;
}
type View<Declared extends Columns> = {
  [Column in keyof Declared]: Stored[Declared[Column]] | null;
};

/** The views that queries read through, as the driver answers them. */
export interface ReadModels {
  workflows: View<typeof workflowsTable.columns>;
  agents: View<typeof agentsTable.columns>;
  executions: View<typeof executionsTable.columns>;
  execution_names: View<typeof executionNamesTable.columns>;
  node_executions: View<typeof nodeExecutionsTable.columns>;
  pending_approvals: View<typeof pendingApprovalsTable.columns>;
  execution_totals: View<typeof executionTotalsTable.columns>;
  streams: View<typeof streamsTable.columns>;
  correlations: View<typeof correlationsTable.columns>;
  moments: View<typeof momentsTable.columns>;
}

export type ReadDatabase = Kysely<ReadModels>;

export const openReadModels = (pool: Database): ReadDatabase =>
  new Kysely<ReadModels>({ dialect: new PostgresDialect({ pool }) }).withSchema('read');
