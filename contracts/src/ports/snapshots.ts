import type { KeyId } from '../ids.ts';
import type { StreamName } from '../streams.ts';

/** What names a snapshot: any part of it that differs makes it worthless. */
export interface SnapshotPlace {
  readonly stream: StreamName;
  /** Of the last event that is folded into it. */
  readonly revision: number;
  /** Chain hash of that event. */
  readonly hash: string;
  /** Of the code that folded it: a fold of another version is none of ours. */
  readonly stateVersion: string;
}

/** A fold as it stood after an event, as text. */
export interface Snapshot extends SnapshotPlace {
  readonly state: string;
}

/**
 * Folds of long streams, so that nobody has to read them from the beginning. They are only ever a short cut:
 * who reads one checks its place against the log and goes on from there; verify, replays and tests never do.
 * Sealed under the stream's own data key, and gone with it.
 */
export interface Snapshots {
  /** The one of that stream and version; null when there is none, or none that opens. */
  read(stream: StreamName, stateVersion: string): Promise<Snapshot | null>;
  /** In place of an older one. Does nothing once the key is gone, or the run has ended. */
  write(snapshot: Snapshot, keyId: KeyId): Promise<void>;
}
