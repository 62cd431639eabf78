import type { ShardRow, ShardTable } from '@studio/contracts';
import type { Pool } from 'pg';

interface Row {
  shard: number;
  owner: string | null;
  epoch: string;
  beat: string;
}
interface Held {
  shard: number;
  epoch: string;
}

const byShard = (rows: readonly Held[]): ReadonlyMap<number, number> =>
  new Map(rows.map(({ shard, epoch }) => [shard, Number(epoch)]));

/** The table of shards in Postgres: `engine.shards`. */
export const createShardTable = (pool: Pool): ShardTable => ({
  beat: async (owner) => {
    const { rows } = await pool.query<Held & { now: Date }>(
      `with beaten as (
         update engine.shards set beat = beat + 1 where owner = $1 returning shard, epoch
       )
       select clock_timestamp() as now, beaten.shard, beaten.epoch
         from (select 1) as always left join beaten on true`,
      [owner],
    );
    const now = rows[0]?.now ?? new Date(0); // the left join always yields a row
    // Without a shard of its own the owner gets one row of nulls.
    return {
      held: byShard(rows.filter(({ shard }) => Number.isInteger(shard))),
      now: now.toISOString(),
    };
  },

  rows: async () => {
    const { rows } = await pool.query<Row>(
      'select shard, owner, epoch, beat from engine.shards order by shard',
    );
    return rows.map(({ shard, owner, epoch, beat }): ShardRow => ({
      ...{ shard, owner, epoch: Number(epoch), beat: Number(beat) },
    }));
  },

  take: async (owner, seen) => {
    const { rows } = await pool.query<Held>(
      `update engine.shards as shards
          set owner = $1, epoch = shards.epoch + 1, beat = shards.beat + 1
         from unnest($2::int[], $3::bigint[], $4::bigint[]) as seen(shard, epoch, beat)
        where shards.shard = seen.shard and shards.epoch = seen.epoch and shards.beat = seen.beat
       returning shards.shard, shards.epoch`,
      [
        owner,
        seen.map((row) => row.shard),
        seen.map((row) => row.epoch),
        seen.map((row) => row.beat),
      ],
    );
    return byShard(rows);
  },

  release: async (owner) => {
    await pool.query('update engine.shards set owner = null, beat = beat + 1 where owner = $1', [
      owner,
    ]);
  },
});
