import type { Pool, PoolClient } from 'pg';

/** Those who archive or restore at once wait for each other. */
const moversLock = '7823094502';

/** One transaction, while nobody else moves events. */
export const movingEvents = async <T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query(`begin; select pg_advisory_xact_lock(${moversLock})`);
    const done = await work(client);
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    client.release();
  }
};
