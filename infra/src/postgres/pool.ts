import { Pool } from 'pg';

export interface PoolOptions {
  /** A `postgresql://` URL; everything that `pg` understands. */
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly maxConnections?: number;
  /** A statement that runs longer is cancelled by the server. */
  readonly statementTimeoutMs?: number;
  /** A statement without an answer after so long is given up, and its connection too: the server does not even cancel. */
  readonly answerTimeoutMs?: number;
  /** Settings of the planner for each connection, as `-c name=value …`. */
  readonly plannerOptions?: string;
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** A pool that survives a restarting server: an idle connection that breaks is no crash. */
export const createPool = (options: PoolOptions): Pool => {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maxConnections ?? 8,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(options.answerTimeoutMs ? { query_timeout: options.answerTimeoutMs } : {}),
    ...(options.plannerOptions ? { options: options.plannerOptions } : {}),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // While a client is handed out the pool does not listen: a server that goes away then must not end the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined); // the query under way fails as well
  });
  return pool;
};
