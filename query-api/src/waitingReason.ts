import { WaitingReason } from '@studio/contracts';

import type { ReadDatabase } from './readModels.ts';
import type { ExecutionRow, NodeRow } from './rows.ts';

/** How an instance of an open run stands, as far as the waiting of its run goes by it. */
export type Standing = Pick<NodeRow, 'status' | 'due_at'>;

const reasonOf = ({ status, due_at }: Standing): WaitingReason | null => {
  if (status === 'in_doubt' || status === 'held') return status;
  if (status === 'awaiting_approval') return 'approval';
  if (status === 'awaiting_signal') return 'signal';
  if (status === 'awaiting_child') return 'child';
  return due_at === null ? null : 'timer';
};

/** Those that a person can do something about come first. */
const inOrder: readonly WaitingReason[] = [
  'in_doubt',
  'held',
  'approval',
  'signal',
  'child',
  'timer',
];

/** Of a run that has not begun: its permits, or its time. */
const beforeBeginning = ({ waits_for_permit, scheduled_at }: ExecutionRow): WaitingReason | null =>
  WaitingReason.safeParse(waits_for_permit).data ?? (scheduled_at === null ? null : 'scheduled');

/** What an open run waits for; null while an effect of it is under way, and once it is over. */
export const waitingReason = (
  run: ExecutionRow,
  nodes: readonly Standing[],
): WaitingReason | null => {
  const { status } = run;
  if (status === 'paused') return 'paused';
  if (status === 'pending') return beforeBeginning(run);
  if (status !== 'running') return null;
  if (nodes.some((node) => node.status === 'running' && node.due_at === null)) return null;
  const reasons = new Set(nodes.map(reasonOf));
  return inOrder.find((reason) => reasons.has(reason)) ?? null;
};

/** How the instances of the runs stand that are under way. */
export const findStandings = async (
  database: ReadDatabase,
  runs: readonly ExecutionRow[],
): Promise<ReadonlyMap<string, readonly Standing[]>> => {
  const ids = runs.flatMap(({ id, status }) => (status === 'running' ? [id] : []));
  const standings = new Map<string, Standing[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return standings;
  const rows = await database
    .selectFrom('node_executions')
    .select(['execution_id', 'status', ({ fn }) => fn.min('due_at').as('due_at')])
    .where('execution_id', 'in', ids)
    .where((where) =>
      where.or([
        where('status', 'in', [
          'running',
          'in_doubt',
          'held',
          'awaiting_approval',
          'awaiting_signal',
          'awaiting_child',
        ]),
        where('due_at', 'is not', null),
      ]),
    )
    .groupBy(['execution_id', 'status', (by) => by('due_at', 'is', null)])
    .execute();
  for (const { execution_id, status, due_at } of rows)
    standings
      .get(execution_id ?? '')
      ?.push({ status: status ?? '', due_at: due_at?.toISOString() ?? null });
  return standings;
};
