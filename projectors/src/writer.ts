import type { EventLog, RecordedEvent, StreamName } from '@studio/contracts';
import { commitBatch, type Database, type Generation, placeIn } from '@studio/infra';

import { park, parkedStreams, unpark } from './parking.ts';
import { project, type ProjectedBatch, reasonOf } from './project.ts';
import { eventTypesOf, type Projection } from './projection.ts';

export interface WriterParts {
  readonly pool: Database;
  readonly log: EventLog;
  readonly projection: Projection;
  readonly generation: Generation;
}

/** Writes one generation's rows. Its methods are called one after the other. */
export interface Writer {
  /** The checkpoint as this writer last knew it. */
  readonly checkpoint: () => bigint;
  readonly parkedCount: () => number;
  /** Writes what the events come to and moves the checkpoint. False: another writer has moved it. */
  write(events: readonly RecordedEvent[], upTo: bigint): Promise<boolean>;
  /** Tries every parked stream again, from its first waiting event. False as in `write`. */
  retryParked(): Promise<boolean>;
}

/** The data itself is refused (SQLSTATE classes 22 and 23), or our own check refuses it: trying again is no use. */
const isPoison = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code)));

/** `from` is the generation's checkpoint. */
export const createWriter = async (parts: WriterParts, from: bigint): Promise<Writer> => {
  const { pool, log, projection, generation } = parts;
  const parked = await parkedStreams(pool, generation);
  const types = new Set(eventTypesOf(projection));
  let checkpoint = from;

  const commit = async (
    { changes, parked: aside }: ProjectedBatch,
    upTo: bigint,
    unparked?: StreamName,
  ): Promise<boolean> => {
    const outcome = await commitBatch(pool, {
      checkpoint: { name: projection.name, generation: generation.name },
      from: checkpoint,
      to: upTo,
      changes,
      placeOf: placeIn(generation),
      also: async (client) => {
        if (unparked) await unpark(client, generation, unparked);
        if (aside.length > 0) await park(client, generation, aside);
      },
    });
    if (outcome === 'overtaken') return false;
    checkpoint = upTo;
    if (unparked) parked.delete(unparked);
    for (const { event } of aside)
      if (!parked.has(event.stream)) parked.set(event.stream, event.revision);
    return true;
  };

  const projected = (events: readonly RecordedEvent[]): ProjectedBatch =>
    project(projection, events, new Set(parked.keys()));

  const writeOne = async (event: RecordedEvent): Promise<boolean> => {
    try {
      return await commit(projected([event]), event.position);
    } catch (error) {
      if (!isPoison(error)) throw error;
      return commit({ changes: [], parked: [{ event, reason: reasonOf(error) }] }, event.position);
    }
  };

  /** Some event of the batch is refused by the database: one by one shows which. */
  const writeEach = async (events: readonly RecordedEvent[], upTo: bigint): Promise<boolean> => {
    for (const event of events) if (!(await writeOne(event))) return false;
    return checkpoint === upTo || commit({ changes: [], parked: [] }, upTo);
  };

  const waitingEvents = async (stream: StreamName, first: number): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for (let revision = first; ;) {
      const page = await log.readStream(stream, { from: revision, limit: 1_000 }, 'sealed');
      const known = page.filter(({ position }) => position <= checkpoint);
      events.push(...known.filter(({ type }) => types.has(type)));
      if (known.length < 1_000) return events;
      revision += known.length;
    }
  };

  const retry = async (stream: StreamName, first: number): Promise<boolean> => {
    const batch = project(projection, await waitingEvents(stream, first), new Set());
    if (batch.parked.length > 0) return true; // still poison: it stays parked
    try {
      return await commit(batch, checkpoint, stream);
    } catch (error) {
      if (isPoison(error)) return true;
      throw error;
    }
  };

  return {
    checkpoint: () => checkpoint,
    parkedCount: () => parked.size,
    write: async (all, upTo) => {
      const events = all.filter(({ position }) => position > checkpoint);
      try {
        return await commit(projected(events), upTo);
      } catch (error) {
        if (!isPoison(error)) throw error;
        return writeEach(events, upTo);
      }
    },
    retryParked: async () => {
      for (const [stream, first] of [...parked]) if (!(await retry(stream, first))) return false;
      return true;
    },
  };
};
