import { shardCount, type ShardRow, type ShardTable } from '@studio/contracts';

/** The table of shards, in memory: each call is one statement, as in Postgres. */
export const createShardRows = (now: () => string): ShardTable => {
  const rows = new Map<number, ShardRow>();
  for (let shard = 0; shard < shardCount; shard += 1)
    rows.set(shard, { shard, owner: null, epoch: 0, beat: 0 });

  const change = (row: ShardRow, changes: Partial<ShardRow>): void => {
    rows.set(row.shard, { ...row, ...changes, beat: row.beat + 1 });
  };
  const heldBy = (owner: string): ShardRow[] =>
    [...rows.values()].filter((row) => row.owner === owner);

  return {
    beat: async (owner) => {
      for (const row of heldBy(owner)) change(row, {});
      return { now: now(), held: new Map(heldBy(owner).map(({ shard, epoch }) => [shard, epoch])) };
    },
    rows: async () => [...rows.values()],
    take: async (owner, seen) => {
      const taken = new Map<number, number>();
      for (const { shard, epoch, beat } of seen) {
        const row = rows.get(shard);
        if (row?.epoch !== epoch || row.beat !== beat) continue;
        change(row, { owner, epoch: epoch + 1 });
        taken.set(shard, epoch + 1);
      }
      return taken;
    },
    release: async (owner) => {
      for (const row of heldBy(owner)) change(row, { owner: null });
    },
  };
};
