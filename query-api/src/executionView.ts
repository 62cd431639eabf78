import {
  CompensationStatus,
  ExecutionStatus,
  type ExecutionView,
  RunNames,
  shownNames,
  TriggerType,
} from '@studio/contracts';
import type { Opener } from '@studio/infra';

import type { ExecutionRow } from './rows.ts';
import { openColumns, type Opened } from './sealedColumns.ts';
import { type Standing, waitingReason } from './waitingReason.ts';

interface Span {
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

/** How long it took, in both units that the sources of the contract use. */
export const durationOf = ({ started_at, completed_at }: Span) => {
  const ms =
    started_at === null || completed_at === null
      ? null
      : Date.parse(completed_at) - Date.parse(started_at);
  return { duration_ms: ms, duration_seconds: ms === null ? null : ms / 1_000 };
};

const progressOf = ({ status, completed_nodes, total_nodes }: ExecutionRow): number => {
  if (status === 'completed') return 100; // branches not taken are no work left
  return total_nodes === 0 ? 0 : Math.min(100, (completed_nodes / total_nodes) * 100);
};

export const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value : null;

const errorOf = (row: ExecutionRow, opened: Opened) => ({
  error_message: textOrNull(opened(row.error_message)),
  error_details:
    row.error_code === null ? {} : { code: row.error_code, instance_id: row.error_instance_id },
});

const outputOf = (row: ExecutionRow, opened: Opened): unknown => {
  if (row.erased) return null;
  return row.output === null ? {} : opened(row.output);
};

const executionView = (
  row: ExecutionRow,
  opened: Opened,
  nodes: readonly Standing[],
): ExecutionView => {
  const trigger = opened(row.trigger);
  const span = { started_at: row.started_at, completed_at: row.completed_at };
  return {
    id: row.id,
    workspace_id: row.workspace_id,
    workflow_id: row.workflow_id,
    workflow_name: row.workflow_name,
    workflow_version: row.workflow_version,
    user_id: row.user_id,
    status: ExecutionStatus.parse(row.status),
    waiting_reason: waitingReason(row, nodes),
    compensation: CompensationStatus.nullable().parse(row.compensation),
    ...span,
    ...durationOf(span),
    trigger_type: TriggerType.parse(row.trigger_type),
    ...shownNames(RunNames.safeParse(opened(row.names)).data),
    parent_execution_id: row.parent_execution_id,
    rerun_of: row.rerun_of,
    trigger_data: trigger,
    input_data: trigger,
    output_data: outputOf(row, opened),
    context: opened(row.context),
    total_nodes: row.total_nodes,
    completed_nodes: row.completed_nodes,
    failed_nodes: row.failed_nodes,
    progress_percentage: progressOf(row),
    ...errorOf(row, opened),
    retry_count: row.retry_count ?? 0,
    max_retries: row.max_retries,
    scheduled_at: row.scheduled_at,
    priority: row.priority,
    celery_task_id: null,
    erased: row.erased,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
};

/** Runs as they are answered, their payloads opened all at once. `standings` are their instances'. */
export const executionViews = async (
  opener: Opener,
  rows: readonly ExecutionRow[],
  standings: ReadonlyMap<string, readonly Standing[]>,
): Promise<ExecutionView[]> => {
  const opened = await openColumns(
    opener,
    rows.flatMap(({ id, names, trigger, context, output, error_message }) =>
      [names, trigger, context, output, error_message].map((column) => [id, column] as const),
    ),
  );
  return rows.map((row) => executionView(row, opened, standings.get(row.id) ?? []));
};
