import type { DeadLetterReason, DeadLettersQuery, WorkspaceId } from '@studio/contracts';
import type { Hmac } from '@studio/infra';
import { type SelectQueryBuilder, sql } from 'kysely';

import { isNamed } from './namedRuns.ts';
import type { ReadDatabase } from './readModels.ts';
import { type Counted, countUpTo } from './totals.ts';

/** What waits for a person: a run that failed or left something standing, or a node of one that is open. */
export interface DeadLetterRow {
  readonly id: string;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly workflow_version: number;
  readonly names: string | null;
  readonly reason: DeadLetterReason;
  readonly code: string;
  readonly message: string | null;
  readonly node_id: string | null;
  readonly instance_id: string | null;
  readonly attempts: number;
  readonly retry_count: number;
  readonly max_retries: number;
  readonly at: Date;
}

interface Asked {
  readonly nameHmac: Hmac;
  readonly workspaceId: WorkspaceId;
}

const ofRun = [
  'executions.id',
  'workflow_id',
  'workflow_name',
  'workflow_version',
  'names',
  'executions.retry_count',
  'max_retries',
] as const;

const runsOf = (
  database: ReadDatabase,
  { nameHmac, workspaceId }: Asked,
  query: DeadLettersQuery,
) =>
  database
    .selectFrom('executions')
    .where('executions.workspace_id', '=', workspaceId)
    .where('executions.erased', '=', false)
    .where(isNamed(nameHmac, workspaceId, query))
    .$if(query.workflow_id !== undefined, (some) =>
      some.where('workflow_id', '=', query.workflow_id ?? ''),
    );

type Runs = ReturnType<typeof runsOf>;

/**
 * A run that is over by a failure; the node is the one that failed, if one did. A child's failure is its
 * parent's. And every run that left something standing which it was to undo, also one that was cancelled.
 */
const endedRuns = (runs: Runs) =>
  runs
    .where((where) =>
      where.or([
        where('executions.compensation', '=', 'incomplete'),
        where.and([
          where('executions.status', '=', 'failed'),
          where('executions.parent_execution_id', 'is', null),
        ]),
      ]),
    )
    .leftJoin('node_executions as node', (on) =>
      on
        .onRef('node.execution_id', '=', 'executions.id')
        .onRef('node.instance_id', '=', 'executions.error_instance_id'),
    )
    .select([...ofRun, 'node.node_id', 'executions.error_instance_id as instance_id'])
    .select([
      sql<DeadLetterReason>`case executions.compensation when 'incomplete' then 'not_compensated' else 'failed' end`.as(
        'reason',
      ),
      sql<string>`coalesce(executions.error_code, 'compensation.incomplete')`.as('code'),
      sql<string | null>`executions.error_message`.as('message'),
      sql<number>`coalesce(node.attempt, 0)`.as('attempts'),
      sql<Date>`executions.completed_at`.as('at'),
    ]);

/** Nodes of open runs that a person has a word to say about. */
const waitingNodes = (runs: Runs) =>
  runs
    .where('executions.status', 'in', ['running', 'paused'])
    .innerJoin('node_executions as node', 'node.execution_id', 'executions.id')
    .where('node.status', 'in', ['held', 'in_doubt'])
    .select([...ofRun, 'node.node_id', 'node.instance_id'])
    .select([
      sql<DeadLetterReason>`node.status`.as('reason'),
      sql<string>`case node.status when 'held' then node.error_code else 'node.outcome_unknown' end`.as(
        'code',
      ),
      sql<string | null>`case node.status when 'held' then node.error_message end`.as('message'),
      sql<number>`coalesce(node.attempt, 0)`.as('attempts'),
      sql<Date>`node.updated_at`.as('at'),
    ]);

const chosen = <Letters extends SelectQueryBuilder<Letter, 'letter', object>>(
  letters: Letters,
  { reason, code, from, to }: DeadLettersQuery,
) =>
  letters
    .$if(reason !== undefined, (some) => some.where('reason', '=', reason ?? 'failed'))
    .$if(code !== undefined, (some) => some.where('code', '=', code ?? ''))
    .$if(from !== undefined, (some) => some.where('at', '>=', new Date(from ?? 0)))
    .$if(to !== undefined, (some) => some.where('at', '<', new Date(to ?? 0)));

interface Letter {
  letter: DeadLetterRow;
}

/** What waits for a person in the workspace, the newest first. */
export const deadLetterPage = async (
  database: ReadDatabase,
  asked: Asked,
  query: DeadLettersQuery,
): Promise<Counted & { readonly rows: readonly DeadLetterRow[] }> => {
  const runs = runsOf(database, asked, query);
  const all = endedRuns(runs).unionAll(waitingNodes(runs));
  const letters = chosen(database.selectFrom(all.as('letter')), query);
  const [rows, counted] = await Promise.all([
    letters
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .orderBy('instance_id')
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
    countUpTo(database, letters.select('id')),
  ]);
  return { rows, ...counted };
};
