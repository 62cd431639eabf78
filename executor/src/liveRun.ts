import {
  ConflictError,
  type ExecutionCommand,
  type ExecutionId,
  type RecordedEvent,
  StudioError,
  type Timekeeper,
} from '@studio/contracts';
import { isEnding, isOver, wasCalledOff } from '@studio/domain';

import { type Draft, draftOf, give, planOf, recover, wakeDue } from './draft.ts';
import { createEffectsInFlight } from './effectsInFlight.ts';
import type { InLine } from './fairLine.ts';
import { createPause } from './pause.ts';
import { requestPermits } from './requestPermits.ts';
import { openRunStream, type RunStreamParts } from './runStream.ts';
import type { Slots } from './slots.ts';
import { goOn, isStep, type Step } from './steps.ts';
import type { OwnWorkbench } from './workbench.ts';

export interface LiveRunParts extends RunStreamParts {
  readonly workbench: OwnWorkbench;
  readonly slots: Slots;
  readonly time: Timekeeper;
  /** The epoch under which this run is ours, or null when it is not, or no longer surely. */
  readonly epoch: () => number | null;
  /** True while the process ends: outcomes are still recorded, and nothing new begins. */
  readonly draining: () => boolean;
  /** Called when nothing is left to do here, with the position of the last fact known: the run is over, asleep, or no longer ours. */
  readonly onIdle: (position: bigint) => void;
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
  /** Someone lost a race against this run: it records nothing until they call what is returned, for a moment at most. */
  giveWay(): () => void;
  /** Calls off all effects and forgets the run; nothing more is recorded from here. */
  abandon(): void;
  /** Effects in flight. */
  busy(): number;
}

/** Enough for someone to read the end of the stream and to append to it, also on a busy machine; they end it themselves. */
const giveWayMs = 3_000;
const firstTryAgainMs = 250;
const lastTryAgainMs = 10_000;
/** So many facts are recorded before more nodes begin: a long stretch of pure nodes lets others have a turn. */
const factsAtOnce = 100;

const isRefusal = (error: unknown): boolean =>
  error instanceof StudioError && error.kind === 'refused';

export const createLiveRun = (executionId: ExecutionId, parts: LiveRunParts): LiveRun => {
  const { workbench, slots, now, time } = parts;
  const stream = openRunStream(executionId, parts);
  const abandoned = new AbortController();
  const pause = createPause(giveWayMs, time);
  let inbox: ExecutionCommand[] = [];
  let known: { first: readonly RecordedEvent[]; revision: number } = { first: [], revision: 0 };
  let pumping = false;
  let askedAgain = false;
  let waitingForRoom = false;
  /** The revision up to which everything that follows by itself is on record too: others may have left it to us. */
  let settledAt = -1;
  let tryAgainMs = firstTryAgainMs;

  const inLine = (): InLine => ({
    key: executionId,
    workspaceId: stream.workspaceId(),
    priority: stream.run().priority,
  });

  const waitForRoom = (): void => {
    if (abandoned.signal.aborted) return;
    waitingForRoom = true;
    slots.whenFree(inLine(), pump);
  };

  const effects = createEffectsInFlight({
    ...parts,
    inLine,
    onOutcome: (order) => {
      if (order) post(order);
      else checkIdle();
    },
    onCalledOff: pump,
    onProgress: post,
    onNoRoom: waitForRoom,
  });

  /** Its outcome has come and is not on record yet, so that the fold still calls for it. */
  const isAnswered = (instanceId: string): boolean =>
    inbox.some(
      ({ type, data }) =>
        type !== 'ReportProgress' && 'instanceId' in data && data.instanceId === instanceId,
    );

  /** Nodes that are ready, as many as there is room for beside those that are about to be performed. */
  const toBegin = (draft: Draft): Step[] => {
    if (parts.draining()) return [];
    const plan = planOf(draft);
    const begins = plan.filter(isStep);
    const waiting = plan.filter(
      (effect) =>
        effect.type === 'perform' &&
        !effects.has(effect.instanceId) &&
        !isAnswered(effect.instanceId),
    );
    const room = Math.max(0, slots.free(stream.workspaceId()) - waiting.length);
    // With some room left, those that begin may turn out to need none, and the plan is looked at again.
    if (begins.length > 0 && room === 0) waitForRoom();
    return begins.slice(0, room);
  };

  /** A run that was started under limits first says which permits it needs. */
  const ask = async (draft: Draft): Promise<void> => {
    const signal = abandoned.signal;
    for (const effect of planOf(draft))
      if (effect.type === 'ask') {
        const options = { workspaceId: stream.workspaceId(), signal };
        give(draft, await requestPermits(workbench, draft.run, effect, options));
      }
  };

  /** Everything that follows now from the orders and the log: one append. */
  const advance = async (orders: readonly ExecutionCommand[], epoch: number): Promise<Draft> => {
    const draft = draftOf(stream.run());
    if (draft.run.revision !== settledAt) give(draft, { type: 'SettleRun', data: {} });
    for (const order of orders) give(draft, order);
    recover(draft, epoch, now());
    wakeDue(draft, now());
    await ask(draft);
    for (let begins = toBegin(draft); begins.length > 0; begins = toBegin(draft))
      for (const begin of begins) {
        if (draft.events.length >= factsAtOnce) {
          askedAgain = true;
          return draft;
        }
        const options = { epoch, now: now(), signal: abandoned.signal };
        give(draft, await goOn(workbench, draft.run, begin, options));
      }
    return draft;
  };

  /** Orders → facts on disk, and the run with them. A lost race is run again on what the winner wrote. */
  const record = async (orders: readonly ExecutionCommand[], epoch: number): Promise<Draft> => {
    for (;;) {
      const draft = await advance(orders, epoch);
      if (abandoned.signal.aborted) return draft;
      try {
        if (draft.events.length > 0) await stream.append(draft.events, draft.run);
        settledAt = draft.run.revision;
        return draft;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        await stream.catchUp();
      }
    }
  };

  /** Performs what the facts on record call for. */
  const actOn = (recorded: Draft, epoch: number): void => {
    const { run } = recorded;
    if (isOver(run)) effects.callOff(() => true);
    // What a person or the deadline called off, while the run goes on to undo what it did.
    else if (isEnding(run)) effects.callOff((id) => run.instances.get(id)?.status !== 'running');
    else effects.callOff((id, attempt) => wasCalledOff(run, id, attempt));
    for (const effect of planOf(recorded))
      if (effect.type === 'perform' && !isAnswered(effect.instanceId))
        effects.launch(run, effect, epoch);
  };

  const step = async (): Promise<void> => {
    if (pause.isOn()) await pause.over();
    const epoch = parts.epoch();
    if (epoch === null) return;
    if (stream.isBehind(known)) await stream.refresh(known);
    waitingForRoom = false;
    const orders = inbox;
    inbox = [];
    let recorded: Draft;
    try {
      recorded = await record(orders, epoch);
    } catch (error) {
      // What the log refuses (a run that was forgotten), it refuses again: those orders are dropped.
      if (!isRefusal(error)) inbox = [...orders, ...inbox];
      throw error;
    }
    tryAgainMs = firstTryAgainMs;
    if (!abandoned.signal.aborted) actOn(recorded, epoch);
  };

  const checkIdle = (): void => {
    const waits = pumping || waitingForRoom || effects.size() > 0 || inbox.length > 0;
    if (waits || abandoned.signal.aborted) return;
    // Whoever takes the run in hand again begins anew: what is still to ring here rings for nobody.
    abandoned.abort();
    parts.onIdle(stream.position());
  };

  const settle = (): void => {
    pumping = false;
    if (abandoned.signal.aborted) return;
    if (askedAgain) {
      pump();
      return;
    }
    // A place that was offered and not taken is for the next run.
    if (waitingForRoom) slots.decline(executionId);
    else slots.passOn(executionId);
    checkIdle();
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
      slots.passOn(executionId);
      time.after(tryAgainMs, pump, { background: true });
      tryAgainMs = Math.min(tryAgainMs * 2, lastTryAgainMs);
    });
  }

  function post(order: ExecutionCommand): void {
    inbox.push(order);
    pump();
  }

  return {
    post,
    begin: (first) => {
      known = { ...known, first };
      pump();
    },
    nudge: (revision) => {
      if (revision <= stream.run().revision) return;
      known = { ...known, revision: Math.max(known.revision, revision) };
      pump();
    },
    giveWay: () => pause.begin(),
    abandon: () => {
      abandoned.abort();
      pause.end();
      slots.passOn(executionId);
      effects.callOff(() => true);
    },
    busy: () => effects.size(),
  };
};
