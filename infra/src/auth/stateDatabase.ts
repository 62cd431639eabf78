import { StudioError } from '@studio/contracts';
import type { Pool, QueryResult, QueryResultRow } from 'pg';

/** Runs one statement. */
export type Query = <Row extends QueryResultRow>(
  sql: string,
  values: readonly unknown[],
) => Promise<QueryResult<Row>>;

/** The schema `state` of one database. Error: `service.unavailable` when it is out of reach. */
export interface StateDatabase {
  readonly query: Query;
  /** All of the work's statements or none. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
}

const outOfReach = (cause: unknown): StudioError =>
  new StudioError('unavailable', 'service.unavailable', 'Sign-in is out of reach, try again', {
    cause,
  });

export const createStateDatabase = (pool: Pool): StateDatabase => {
  const over =
    (client: Pick<Pool, 'query'>): Query =>
    <Row extends QueryResultRow>(sql: string, values: readonly unknown[]) =>
      client.query<Row>(sql, [...values]).catch((error: unknown) => {
        throw outOfReach(error);
      });
  return {
    query: over(pool),
    transaction: async (work) => {
      const client = await pool.connect().catch((error: unknown) => {
        throw outOfReach(error);
      });
      const query = over(client);
      let broken = false;
      try {
        await query('begin', []);
        const result = await work(query);
        await query('commit', []);
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => (broken = true));
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
};
