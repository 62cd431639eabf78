/** The unit in which executors share the runs out among themselves. */
export const shardCount = 64;

/** FNV-1a over the id's characters: every process must come to the same shard for ever. */
export const shardOf = (executionId: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < executionId.length; index += 1)
    hash = Math.imul(hash ^ executionId.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % shardCount;
};
