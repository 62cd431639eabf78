import {
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type Head,
  type Metadata,
  type NewEvent,
  type NewId,
  type RecordedEvent,
  schemaVersionOf,
} from '@studio/contracts';
import { foldRun, initialRun, type Run } from '@studio/domain';

import type { RunSnapshots } from './runSnapshots.ts';

/** Told of every fact that this executor recorded, with the run as it was before, when it was started and when this was. */
export type FactObserver = (
  before: Run,
  events: readonly ExecutionEvent[],
  at: { readonly startedAt: string; readonly now: string },
) => void;

export interface RunStreamParts {
  readonly log: EventLog;
  readonly newId: NewId;
  /** Names this executor in the facts it records. */
  readonly owner: string;
  readonly now: () => string;
  readonly onFacts: FactObserver | undefined;
  /** Short cuts into one long run; undefined: every fact is read. */
  readonly snapshots: (() => RunSnapshots) | undefined;
}

/** One run's stream as this executor knows it: its fold, and the end to append to. */
export interface RunStream {
  run(): Run;
  /** '' until the stream was read. */
  workspaceId(): string;
  /** Of the last fact that is known; 0 until the stream was read. */
  position(): bigint;
  /** Folds everything that the stream has beyond what is known. */
  catchUp(): Promise<void>;
  /** True when `refresh` would read something. */
  isBehind(known: { revision: number }): boolean;
  /** Brings the fold level with what is known of the stream: its first facts, or a later revision. */
  refresh(known: { first: readonly RecordedEvent[]; revision: number }): Promise<void>;
  /**
   * Records facts, many of them in several appends: each prefix of them is a state that the run can go on from.
   * `after` is the run with all of them. Errors as EventLog.append; what was recorded before one of them is folded.
   */
  append(events: readonly ExecutionEvent[], after: Run): Promise<void>;
}

const pageSize = 1_000;
/** So many facts always fit one append, since their large values can move to files. */
const factsAnAppend = 100;

export const openRunStream = (executionId: ExecutionId, parts: RunStreamParts): RunStream => {
  const { log, newId, owner, now } = parts;
  const stream = executionStream(executionId);
  let run = initialRun;
  let head: Head | null = null;
  let origin: Metadata | null = null;
  let lastEventId = '';
  const snapshots = parts.snapshots?.();
  let recalled = false;
  const actor = { kind: 'executor' as const, id: owner };

  const take = (events: readonly RecordedEvent[]): void => {
    const last = events.at(-1);
    if (!last) return;
    // A stream of the category `execution` holds execution facts only.
    run = foldRun(run, events as readonly RecordedEvent<ExecutionEvent>[]);
    head = { revision: last.revision, hash: last.hash, position: last.position };
    origin ??= events[0]?.metadata ?? null;
    lastEventId = last.eventId;
  };

  /** Only once a whole page has been read: short runs pay nothing for it. */
  const recall = async (): Promise<void> => {
    if (recalled || !snapshots) return;
    recalled = true;
    const known = await snapshots.recall(stream);
    if (!known || known.last.revision <= run.revision) return;
    const { last } = known;
    ({ run } = known);
    head = { revision: last.revision, hash: last.hash, position: last.position };
    lastEventId = last.eventId;
  };

  const keep = (): void => {
    if (head) snapshots?.keep(stream, run, head);
  };

  const catchUp = async (): Promise<void> => {
    for (;;) {
      const events = await log.readStream(stream, { from: run.revision + 1, limit: pageSize });
      take(events);
      if (events.length < pageSize) break;
      await recall();
    }
    keep();
  };

  /** What follows from a run's start carries on its correlation and trace. */
  const metadataOf = (started: Metadata, commandId: string): Metadata => ({
    correlationId: started.correlationId,
    causationId: lastEventId,
    commandId,
    actor,
    workspaceId: started.workspaceId,
    ...(started.traceparent === undefined ? {} : { traceparent: started.traceparent }),
    occurredAt: now(),
    schemaVersion: 1,
  });

  /** Facts of one version share their metadata, so that its text is made once. */
  const ofVersion = (metadata: Metadata, schemaVersion: number): Metadata =>
    metadata.schemaVersion === schemaVersion ? metadata : { ...metadata, schemaVersion };

  const appendOnce = async (events: readonly ExecutionEvent[], after?: Run): Promise<void> => {
    if (!head || !origin) throw new Error(`${stream} was not read before it was written`);
    const metadata = metadataOf(origin, newId());
    const toAppend = events.map((event): NewEvent<ExecutionEvent> => ({
      ...event,
      eventId: newId(),
      metadata: ofVersion(metadata, schemaVersionOf(event.type)),
    }));
    head = await log.append(stream, head, toAppend, { run: run.keyId });
    parts.onFacts?.(run, events, { startedAt: origin.occurredAt, now: metadata.occurredAt });
    run = after ?? foldRun(run, events);
    lastEventId = toAppend.at(-1)?.eventId ?? lastEventId;
    keep();
  };

  const appendInParts = async (events: readonly ExecutionEvent[]): Promise<void> => {
    for (let from = 0; from < events.length; from += factsAnAppend)
      await appendOnce(events.slice(from, from + factsAnAppend));
  };

  return {
    run: () => run,
    workspaceId: () => origin?.workspaceId ?? '',
    position: () => head?.position ?? 0n,
    catchUp,
    isBehind: ({ revision }) => !head || revision > run.revision,
    refresh: async ({ first, revision }) => {
      if (!head) take(await log.open(first));
      if (!head || revision > run.revision) await catchUp();
    },
    append: (events, after) =>
      events.length <= factsAnAppend ? appendOnce(events, after) : appendInParts(events),
  };
};
