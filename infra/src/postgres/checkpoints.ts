import type { Pool, PoolClient } from 'pg';

import type { RowChange, Table } from './rowChanges.ts';
import { foldChanges } from './rowChangesFold.ts';
import { writeChanges, writerSettings } from './rowChangesWrite.ts';

/** Names one reader's place in the log (`read.checkpoints`). */
export interface CheckpointId {
  readonly name: string;
  /** Which set of tables the place belongs to, such as `v1`. */
  readonly generation: string;
}

/** The position up to which rows were written; null for a checkpoint that was never made. */
export const readCheckpoint = async (
  pool: Pool | PoolClient,
  id: CheckpointId,
): Promise<bigint | null> => {
  const { rows } = await pool.query<{ position: string }>({
    name: 'checkpoint',
    text: 'select position from read.checkpoints where name = $1 and generation = $2',
    values: [id.name, id.generation],
  });
  return rows[0] ? BigInt(rows[0].position) : null;
};

/** Makes the checkpoint at 0 unless it stands already. */
export const createCheckpoint = async (
  pool: Pool | PoolClient,
  id: CheckpointId,
): Promise<void> => {
  await pool.query(
    'insert into read.checkpoints (name, generation) values ($1, $2) on conflict do nothing',
    [id.name, id.generation],
  );
};

/** Compare-and-set. False: the checkpoint is no longer at `from`, so another writer won. */
export const moveCheckpoint = async (
  client: PoolClient,
  id: CheckpointId,
  from: bigint,
  to: bigint,
): Promise<boolean> => {
  const { rowCount } = await client.query({
    name: 'move-checkpoint',
    text: `update read.checkpoints set position = $4
            where name = $1 and generation = $2 and position = $3`,
    values: [id.name, id.generation, from.toString(), to.toString()],
  });
  return rowCount === 1;
};

export interface BatchToCommit {
  readonly checkpoint: CheckpointId;
  readonly from: bigint;
  readonly to: bigint;
  readonly changes: readonly RowChange[];
  /** The qualified name of the table that holds a declared table's rows. */
  readonly placeOf: (table: Table) => string;
  /** More to write in the same transaction. */
  readonly also?: (client: PoolClient) => Promise<void>;
}

/**
 * Writes the rows of a batch and moves the checkpoint, both or neither. 'overtaken': the checkpoint
 * had moved under us and nothing was written. Throws what the database says.
 */
export const commitBatch = async (
  pool: Pool,
  batch: BatchToCommit,
): Promise<'written' | 'overtaken'> => {
  const net = foldChanges(batch.changes);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin; ${writerSettings}`);
    // First, so that its row lock lets one writer at a time into the tables.
    const won = await moveCheckpoint(client, batch.checkpoint, batch.from, batch.to);
    if (won) {
      for (const [table, changes] of net)
        await writeChanges(client, batch.placeOf(table), table, changes);
      await batch.also?.(client);
    }
    await client.query(won ? 'commit' : 'rollback');
    return won ? 'written' : 'overtaken';
  } catch (error) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = lost as Error; // pg rejects with errors only: the connection is to be dropped
    });
    throw error;
  } finally {
    client.release(broken);
  }
};
