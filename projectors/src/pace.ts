/** All in milliseconds. */
export interface Pace {
  /** Shortest time between two writes while events keep coming: larger batches cost less. An idle follower writes at once. */
  readonly betweenWrites: number;
  /** The same while nobody waits for a position: what is read a moment later can be written a moment later. */
  readonly betweenUnawaitedWrites: number;
  /** How long a checkpoint may stay behind events that concern other projections. */
  readonly betweenIdleMoves: number;
  /** How often a follower that stands by looks at the checkpoint. */
  readonly standbyLook: number;
  /** A checkpoint that stood still behind the log for so long is taken over. */
  readonly standbyPatience: number;
}

export const defaultPace: Pace = {
  betweenWrites: 15,
  betweenUnawaitedWrites: 100,
  betweenIdleMoves: 100,
  standbyLook: 500,
  standbyPatience: 3_000,
};
