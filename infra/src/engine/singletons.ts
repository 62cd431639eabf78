import {
  type EventLog,
  type ExecutionId,
  executionStream,
  type PlaceAsked,
  type RecordedEvent,
  type Singletons,
  StudioError,
} from '@studio/contracts';
import type { Pool } from 'pg';

export interface SingletonParts {
  /** Its commits wait for the disk. */
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly evaluate: (expression: string, names: object) => Promise<unknown>;
  /** Stands for a text from which nobody can tell it. */
  readonly pseudonym: (text: string) => string;
}

interface Row {
  readonly holder: string;
  readonly taken_ms_ago: number;
}

/** One statement, so that of two who come at once one has the place: it was free, or its run `over` has ended. */
const reserve = `
  with reserved as (
    insert into state.singletons as s (key, execution_id) values ($1, $2)
    on conflict (key) do update
      set (execution_id, taken_at) = (excluded.execution_id, clock_timestamp())
      where s.execution_id = $3
    returning execution_id, taken_at
  )
  select execution_id as holder,
         extract(epoch from clock_timestamp() - taken_at)::float8 * 1000 as taken_ms_ago
    from (select * from reserved
          union all
          select execution_id, taken_at from state.singletons
           where key = $1 and not exists (select from reserved)) as found`;

/** So long a place is kept for a run whose start is not in the log yet. */
const graceMs = 10_000;
const pageSize = 100;
const endings: ReadonlySet<string> = new Set([
  ...['WorkflowCompleted', 'WorkflowFailed', 'WorkflowCancelled', 'DataErased'],
]);
const openings: ReadonlySet<string> = new Set(['WorkflowStarted', 'WorkflowRetried']);

type Limit = NonNullable<PlaceAsked['limits']>[number];

/** What has become of a run, by the newest of its facts that tells. */
const standingOf = async (
  log: SingletonParts['log'],
  executionId: ExecutionId,
): Promise<'open' | 'over' | 'absent'> => {
  const stream = executionStream(executionId);
  let page: readonly RecordedEvent[] = [];
  do {
    const oldest = page.at(-1);
    const from = oldest === undefined ? {} : { from: oldest.revision - 1 };
    page = await log.readStream(stream, { ...from, limit: pageSize, backwards: true }, 'sealed');
    for (const { type } of page) {
      if (endings.has(type)) return 'over';
      if (openings.has(type)) return 'open';
    }
  } while (page.length > 0);
  return 'absent';
};

export const createSingletons = (parts: SingletonParts): Singletons => {
  const { pool, log } = parts;

  /** Null where nobody can say it: such a run fails by itself, with the reason. */
  const keyOf = async ({ per }: Limit, asked: PlaceAsked): Promise<string | null> => {
    const { trigger, executionId, workflowId, context } = asked;
    const execution = { id: executionId, workflow_id: workflowId, context };
    try {
      const value =
        per === undefined
          ? null
          : await parts.evaluate(per, { trigger, input: null, nodes: {}, execution });
      return parts.pseudonym(JSON.stringify([workflowId, per ?? null, value ?? null]));
    } catch (error) {
      if (error instanceof StudioError && error.kind === 'refused') return null;
      throw error;
    }
  };

  const reserved = async (key: string, executionId: string, over: string | null): Promise<Row> => {
    const { rows } = await pool.query<Row>(reserve, [key, executionId, over]);
    // None when somebody else took it after this statement began: the next one sees their row.
    return rows[0] ?? reserved(key, executionId, over);
  };

  const isKept = async ({ holder, taken_ms_ago }: Row): Promise<boolean> => {
    const standing = await standingOf(log, holder as ExecutionId); // only ids of runs are reserved
    return standing === 'open' || (standing === 'absent' && taken_ms_ago < graceMs);
  };

  return {
    take: async (asked) => {
      const limit = asked.limits?.find(({ whenTaken }) => whenTaken !== undefined);
      if (limit?.whenTaken === undefined) return null;
      const key = await keyOf(limit, asked);
      if (key === null) return null;
      let over: string | null = null;
      for (;;) {
        const row = await reserved(key, asked.executionId, over);
        if (row.holder === asked.executionId) return null;
        const { whenTaken } = limit;
        if (await isKept(row)) return { executionId: row.holder as ExecutionId, whenTaken };
        over = row.holder;
      }
    },
  };
};
