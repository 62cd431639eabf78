import { shardCount, type ShardRow, type ShardTable, type Timekeeper } from '@studio/contracts';
import { every, sleep } from '@studio/infra';

export interface LeaseOptions {
  readonly owner: string;
  readonly table: ShardTable;
  /** True when no other executor can exist (an embedded studio holds its data folder): no waiting. */
  readonly alone: boolean;
  readonly onTaken: (shards: ReadonlyMap<number, number>) => void;
  readonly onLost: (shards: readonly number[]) => void;
  readonly onError: (error: unknown) => void;
  readonly time: Timekeeper;
}

export interface Leases {
  /** Beats once, takes what is free, and goes on doing so each second. */
  start(): Promise<void>;
  /** The epoch under which a shard is held, or null when it is not, or no longer surely. */
  epochOf(shard: number): number | null;
  held(): readonly number[];
  /** The database's time, carried on by the monotonic clock since the last beat. */
  now(): string;
  stop(): Promise<void>;
}

const beatEveryMs = 1_000;
const watchEveryMs = 250;
/** A row that stood still for so long is free. */
const freeAfterMs = 5_000;
/** Who could not beat for so long lets go: earlier than anyone may take over. */
const letGoAfterMs = 4_000;

interface Seen {
  row: ShardRow;
  sinceMs: number;
}

/** Holds shards by beating, takes those that stand still, and lets go in time when it cannot beat. */
export const createLeases = (options: LeaseOptions): Leases => {
  const { owner, table, time } = options;
  const stopping = new AbortController();
  const seen = new Map<number, Seen>();
  let held = new Map<number, number>();
  let beatenAtMs = time.nowMs();
  let stopWatching = (): void => undefined;
  let beating = Promise.resolve();
  let databaseTime = { epochMs: 0, atMs: time.nowMs() };

  let told = { epochMs: NaN, instant: '' };
  /** Asked several times a step: the text of one millisecond is made once. */
  const now = (): string => {
    const epochMs = databaseTime.epochMs + Math.round(time.nowMs() - databaseTime.atMs);
    if (told.epochMs !== epochMs) told = { epochMs, instant: new Date(epochMs).toISOString() };
    return told.instant;
  };

  const letGo = (shards: readonly number[]): void => {
    if (shards.length === 0) return;
    held = new Map([...held].filter(([shard]) => !shards.includes(shard)));
    options.onLost(shards);
  };

  const beat = async (): Promise<void> => {
    const sentAtMs = time.nowMs();
    const answer = await table.beat(owner);
    // Who took too long to beat must not act as if nothing had been: what it held is taken anew.
    if (time.nowMs() - beatenAtMs > letGoAfterMs) letGo([...held.keys()]);
    databaseTime = { epochMs: Date.parse(answer.now), atMs: time.nowMs() };
    beatenAtMs = sentAtMs;
    letGo([...held].flatMap(([shard, epoch]) => (answer.held.get(shard) === epoch ? [] : [shard])));
  };

  /** How long the row has been as it is, by our own clock. */
  const stillMs = (row: ShardRow): number => {
    const last = seen.get(row.shard);
    if (last?.row.epoch === row.epoch && last.row.beat === row.beat)
      return time.nowMs() - last.sinceMs;
    seen.set(row.shard, { row, sinceMs: time.nowMs() });
    return 0;
  };

  const isFree = (row: ShardRow): boolean => {
    const still = stillMs(row);
    // A row of our own that we do not hold is one that we let go of: it is taken again, with a new epoch.
    if (row.owner === null || row.owner === owner || options.alone) return true;
    return still >= freeAfterMs;
  };

  const takeFree = async (): Promise<void> => {
    if (held.size === shardCount) return;
    const free = (await table.rows()).filter((row) => !held.has(row.shard) && isFree(row));
    if (free.length === 0) return;
    const taken = await table.take(owner, free);
    for (const [shard, epoch] of taken) held.set(shard, epoch);
    if (taken.size > 0) options.onTaken(taken);
  };

  const round = async (): Promise<void> => {
    try {
      await beat();
      await takeFree();
    } catch (error) {
      options.onError(error);
    }
  };

  const keepBeating = async (): Promise<void> => {
    for (;;) {
      await sleep(time, beatEveryMs, { signal: stopping.signal });
      if (stopping.signal.aborted) return;
      await round();
    }
  };

  const watch = (): void => {
    if (time.nowMs() - beatenAtMs > letGoAfterMs) letGo([...held.keys()]);
  };

  return {
    start: async () => {
      await beat();
      await takeFree();
      // Apart from the beating, which may hang on a database that does not answer.
      stopWatching = every(time, watchEveryMs, watch);
      beating = keepBeating();
    },
    epochOf: (shard) =>
      time.nowMs() - beatenAtMs > letGoAfterMs ? null : (held.get(shard) ?? null),
    held: () => [...held.keys()],
    now,
    stop: async () => {
      stopping.abort();
      stopWatching();
      await beating;
      held = new Map();
      await table.release(owner).catch(options.onError);
    },
  };
};
