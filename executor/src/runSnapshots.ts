import type { EventLog, Head, RecordedEvent, Snapshots, StreamName } from '@studio/contracts';
import { isForgotten, isOver, type Run } from '@studio/domain';

import { runAsText, runOfText } from './savedRun.ts';

/** A run as it was recalled, with the event that it stands after. */
export interface Recalled {
  readonly run: Run;
  readonly last: RecordedEvent;
}

/** Short cuts into long runs. A failure costs the short cut, never the run. */
export interface RunSnapshots {
  /** A fold that the log bears out; null where there is none. */
  recall(stream: StreamName): Promise<Recalled | null>;
  /** Keeps a fold, once enough has happened since the last one; returns at once. */
  keep(stream: StreamName, run: Run, head: Head): void;
}

export interface SnapshotKeeper {
  /** For one run in the hands of this executor. */
  readonly ofRun: () => RunSnapshots;
  /** Writes no more; resolves once what is under way is through. */
  close(): Promise<void>;
}

export interface RunSnapshotsParts {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly snapshots: Snapshots;
  /** Names the code that folds. */
  readonly stateVersion: string;
  readonly onError: (error: unknown) => void;
  /** So many facts lie between two snapshots of a run; default 5,000. */
  readonly everyFacts?: number;
}

export const createRunSnapshots = (parts: RunSnapshotsParts): SnapshotKeeper => {
  const { log, snapshots, stateVersion, onError, everyFacts = 5_000 } = parts;

  const writing = new Set<Promise<void>>();
  let closed = false;

  const recallNow = async (stream: StreamName): Promise<Recalled | null> => {
    const snapshot = await snapshots.read(stream, stateVersion);
    if (!snapshot) return null;
    const { revision, hash, state } = snapshot;
    const [last] = await log.readStream(stream, { from: revision, limit: 1 }, 'sealed');
    if (last?.revision !== revision || last.hash !== hash) return null;
    return { run: runOfText(state), last };
  };

  const write = (stream: StreamName, run: Run, { revision, hash }: Head): Promise<void> => {
    const work = async (): Promise<void> =>
      snapshots.write({ stream, revision, hash, stateVersion, state: runAsText(run) }, run.keyId);
    const written = work()
      .catch(onError)
      .finally(() => writing.delete(written));
    writing.add(written);
    return written;
  };

  const ofRun = (): RunSnapshots => {
    let keptAt = 0;
    let keeping = false;
    return {
      recall: async (stream) => {
        try {
          const recalled = await recallNow(stream);
          keptAt = recalled?.last.revision ?? keptAt;
          return recalled;
        } catch (error) {
          onError(error);
          return null;
        }
      },
      keep: (stream, run, head) => {
        const due = !closed && !keeping && head.revision - keptAt >= everyFacts;
        if (!due || isOver(run) || isForgotten(run)) return;
        keeping = true;
        keptAt = head.revision;
        void write(stream, run, head).finally(() => (keeping = false));
      },
    };
  };

  return {
    ofRun,
    close: async () => {
      closed = true;
      await Promise.all(writing);
    },
  };
};
