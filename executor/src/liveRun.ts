import {
  ConflictError,
  type EventLog,
  type ExecutionCommand,
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
import { decideRun, foldRun, initialRun, isOver, planRun, type Run } from '@studio/domain';

import { type Begin, beginNode } from './begin.ts';
import { createPause } from './pause.ts';
import { type Perform, perform } from './perform.ts';
import type { Slots } from './slots.ts';
import type { Workbench } from './workbench.ts';

/** Told of every fact that this executor recorded, with the run as it was before; for tests of replay. */
export type FactObserver = (before: Run, events: readonly ExecutionEvent[]) => void;

export interface LiveRunParts {
  readonly log: EventLog;
  readonly workbench: Workbench;
  readonly slots: Slots;
  readonly newId: NewId;
  /** Names this executor in the facts it records. */
  readonly owner: string;
  /** The epoch under which this run is ours, or null when it is not, or no longer surely. */
  readonly epoch: () => number | null;
  readonly now: () => string;
  readonly onFacts: FactObserver | undefined;
  /** Called when nothing is left to do here: the run is over, asleep, or no longer ours. */
  readonly onIdle: () => void;
  readonly onError: (error: unknown) => void;
}

/** One run in the hands of this executor: its fold, its effects in flight, its inbox. */
export interface LiveRun {
  /** Takes an order and acts on it; returns at once. */
  post(order: ExecutionCommand): void;
  /** Begins with the run's first facts, as the log's tail brought them: nothing has to be read. */
  begin(events: readonly RecordedEvent[]): void;
  /** Someone else moved the stream to this revision; acts on it. */
  nudge(revision: number): void;
  /** Someone lost a race against this run: it records nothing until they have written, for a moment at most. */
  giveWay(): void;
  /** Calls off all effects and forgets the run; nothing more is recorded from here. */
  abandon(): void;
  /** Effects in flight. */
  busy(): number;
}

interface Draft {
  run: Run;
  events: ExecutionEvent[];
}

const pageSize = 1_000;
/** Enough for someone to read the end of the stream and to append to it, also on a busy machine. */
const giveWayMs = 250;

export const createLiveRun = (executionId: ExecutionId, parts: LiveRunParts): LiveRun => {
  const { log, workbench, slots, newId } = parts;
  const stream = executionStream(executionId);
  const inFlight = new Map<string, AbortController>();
  const abandoned = new AbortController();
  const pause = createPause(giveWayMs);
  let inbox: ExecutionCommand[] = [];
  let run = initialRun;
  let head: Head | null = null;
  let origin: Metadata | null = null;
  let lastEventId = '';
  let knownRevision = 0;
  let firstFacts: readonly RecordedEvent[] = [];
  let pumping = false;
  let askedAgain = false;

  const take = (events: readonly RecordedEvent[]): void => {
    const last = events.at(-1);
    if (!last) return;
    // A stream of the category `execution` holds execution facts only.
    run = foldRun(run, events as readonly RecordedEvent<ExecutionEvent>[]);
    head = { revision: last.revision, hash: last.hash, position: last.position };
    origin ??= last.metadata;
    lastEventId = last.eventId;
  };

  const catchUp = async (): Promise<void> => {
    for (;;) {
      const events = await log.readStream(stream, { from: run.revision + 1, limit: pageSize });
      take(events);
      if (events.length < pageSize) return;
    }
  };

  /** Brings the fold level with what is known of the stream. */
  const refresh = async (): Promise<void> => {
    if (!head) take(await log.open(firstFacts));
    if (!head || knownRevision > run.revision) await catchUp();
  };

  const metadataFor = (
    started: Metadata,
    type: ExecutionEvent['type'],
    commandId: string,
  ): Metadata => ({
    correlationId: started.correlationId,
    causationId: lastEventId,
    commandId,
    actor: { kind: 'executor', id: parts.owner },
    workspaceId: started.workspaceId,
    ...(started.traceparent === undefined ? {} : { traceparent: started.traceparent }),
    schemaVersion: schemaVersionOf(type),
    occurredAt: parts.now(),
  });

  const append = async ({ run: after, events }: Draft): Promise<void> => {
    if (!head || !origin) throw new Error(`${stream} was not read before it was written`);
    const started = origin;
    const commandId = newId();
    const toAppend = events.map((event): NewEvent<ExecutionEvent> => ({
      ...event,
      eventId: newId(),
      metadata: metadataFor(started, event.type, commandId),
    }));
    head = await log.append(stream, head, toAppend, { run: run.keyId });
    parts.onFacts?.(run, events);
    run = after;
    lastEventId = toAppend.at(-1)?.eventId ?? lastEventId;
  };

  const give = (draft: Draft, order: ExecutionCommand): void => {
    const events = decideRun(order, draft.run);
    draft.events.push(...events);
    draft.run = foldRun(draft.run, events);
  };

  const recover = (draft: Draft, epoch: number): void => {
    for (const effect of planRun(draft.run))
      if (effect.type === 'perform' && effect.state.epoch < epoch) {
        const data = { instanceId: effect.instanceId, epoch, now: parts.now() };
        give(draft, { type: 'RecoverNode', data });
      }
  };

  const toBegin = (draft: Draft): Begin[] => {
    const effects = planRun(draft.run);
    const begins = effects.filter((effect): effect is Begin => effect.type === 'begin');
    const open = effects.filter(
      ({ type, ...rest }) => type === 'perform' && !inFlight.has((rest as Perform).instanceId), // by its type
    ).length;
    const room = Math.max(0, slots.free() - open);
    if (begins.length > room) slots.whenFree(executionId, pump);
    return begins.slice(0, room);
  };

  const wakeDue = (draft: Draft): void => {
    for (const effect of planRun(draft.run))
      if (effect.type === 'wake' && effect.dueAt <= parts.now())
        give(draft, { type: 'FireTimer', data: { timerId: effect.timerId, now: parts.now() } });
  };

  /** Everything that follows now from the orders and the log: one append. */
  const advance = async (orders: readonly ExecutionCommand[], epoch: number): Promise<Draft> => {
    const draft: Draft = { run, events: [] };
    for (const order of orders) give(draft, order);
    recover(draft, epoch);
    wakeDue(draft);
    for (let begins = toBegin(draft); begins.length > 0; begins = toBegin(draft))
      for (const begin of begins) {
        const options = { epoch, now: parts.now(), signal: abandoned.signal };
        give(draft, await beginNode(workbench, draft.run, begin, options));
      }
    return draft;
  };

  const finish = (key: string, order: ExecutionCommand | null): void => {
    inFlight.delete(key);
    slots.release();
    if (order) post(order);
    else checkIdle();
  };

  const launch = (effect: Perform, epoch: number): void => {
    const key = effect.instanceId;
    if (effect.state.epoch !== epoch || inFlight.has(key)) return;
    // The last look at the lease before the world is touched.
    if (parts.epoch() !== epoch) return;
    if (!slots.take()) {
      slots.whenFree(executionId, pump);
      return;
    }
    const controller = new AbortController();
    inFlight.set(key, controller);
    perform(workbench, run, effect, { signal: controller.signal, now: parts.now }).then(
      (order) => {
        finish(key, order);
      },
      (error: unknown) => {
        finish(key, null);
        parts.onError(error);
      },
    );
  };

  const callOffEffects = (): void => {
    for (const controller of inFlight.values()) controller.abort();
  };

  /** Orders → facts on disk. A lost race is run again on what the winner wrote. */
  const record = async (orders: readonly ExecutionCommand[], epoch: number): Promise<void> => {
    for (;;) {
      const draft = await advance(orders, epoch);
      if (abandoned.signal.aborted || draft.events.length === 0) return;
      try {
        await append(draft);
        return;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        await catchUp();
      }
    }
  };

  const step = async (): Promise<void> => {
    await pause.over();
    const epoch = parts.epoch();
    if (epoch === null) return;
    await refresh();
    const orders = inbox;
    inbox = [];
    try {
      await record(orders, epoch);
    } catch (error) {
      inbox = [...orders, ...inbox];
      throw error;
    }
    if (isOver(run)) callOffEffects();
    else for (const effect of planRun(run)) if (effect.type === 'perform') launch(effect, epoch);
  };

  const checkIdle = (): void => {
    if (!pumping && inFlight.size === 0 && inbox.length === 0) parts.onIdle();
  };

  const settle = (): void => {
    pumping = false;
    if (askedAgain) pump();
    else checkIdle();
  };

  const keepStepping = async (): Promise<void> => {
    while (askedAgain && !abandoned.signal.aborted) {
      askedAgain = false;
      await step();
    }
  };

  function pump(): void {
    askedAgain = true;
    if (pumping || abandoned.signal.aborted) return;
    pumping = true;
    keepStepping().then(settle, (error: unknown) => {
      pumping = false;
      if (abandoned.signal.aborted) return;
      parts.onError(error);
      setTimeout(pump, 250).unref();
    });
  }

  function post(order: ExecutionCommand): void {
    inbox.push(order);
    pump();
  }

  return {
    post,
    begin: (events) => {
      firstFacts = events;
      pump();
    },
    nudge: (revision) => {
      if (revision <= run.revision) return;
      knownRevision = Math.max(knownRevision, revision);
      pause.end();
      pump();
    },
    giveWay: () => {
      pause.begin();
    },
    abandon: () => {
      abandoned.abort();
      pause.end();
      callOffEffects();
    },
    busy: () => inFlight.size,
  };
};
