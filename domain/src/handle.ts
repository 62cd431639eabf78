import {
  ConflictError,
  type EventLog,
  type Head,
  type Metadata,
  type NewEvent,
  type NewId,
  type RecordedEvent,
  type SealingKeys,
  type StreamName,
  StudioError,
  type StudioEvent,
} from '@studio/contracts';

import { type Decider, foldBy } from './decider.ts';
import { type Cause, follow } from './follow.ts';

/** A stream as it was folded; `head` is null when it does not exist. */
export interface Loaded<State> {
  readonly state: State;
  readonly head: Head | null;
  /** Metadata of the first and of the last event. */
  readonly opened: Metadata | null;
  readonly changed: Metadata | null;
}

export interface Handled<State, Event> extends Loaded<State> {
  /** The facts that this command added; none when it was already so. */
  readonly events: readonly Event[];
}

/** How one command bears lost races. */
export interface Patience {
  /** Waits a little, with jitter; false once waiting longer makes no sense. */
  readonly wait: () => Promise<boolean>;
  /** The command is through or refused: nobody has to hold back for it any longer. */
  readonly end: () => void;
}

/** What handling needs of the world. */
export interface Shell {
  readonly log: EventLog;
  readonly newId: NewId;
  readonly patience: (stream: StreamName) => Patience;
}

export interface Order<State, Command> {
  readonly stream: StreamName;
  readonly command: Command;
  readonly cause: Cause;
  /** The keys that seal what is decided, from the state before it. */
  readonly keys: (state: State) => SealingKeys;
  /** The stream as the caller has just loaded it: the first try reads nothing. */
  readonly known?: Loaded<State>;
  /** The stream should not exist yet: the first try reads nothing. */
  readonly fresh?: boolean;
}

const pageSize = 1_000;
const retryAfterMs = 1_000;

const absent = <State, Command, Event>(decider: Decider<State, Command, Event>): Loaded<State> => ({
  ...{ state: decider.initialState(), head: null, opened: null, changed: null },
});

const withPage = <State, Command, Event extends StudioEvent>(
  decider: Decider<State, Command, Event>,
  loaded: Loaded<State>,
  page: readonly RecordedEvent[],
): Loaded<State> => {
  const last = page.at(-1);
  if (!last) return loaded;
  const { revision, hash, position, metadata } = last;
  const events = page as readonly StudioEvent[] as readonly Event[]; // a stream holds the events of its own aggregate only
  return {
    state: foldBy(decider, loaded.state, events),
    head: { revision, hash, position },
    opened: loaded.opened ?? page[0]?.metadata ?? null,
    changed: metadata,
  };
};

/** Folds a stream, from `known` on if that is given. */
export const load = async <State, Command, Event extends StudioEvent>(
  log: EventLog,
  decider: Decider<State, Command, Event>,
  stream: StreamName,
  known?: Loaded<State>,
): Promise<Loaded<State>> => {
  let loaded = known ?? absent(decider);
  for (;;) {
    const from = (loaded.head?.revision ?? -1) + 1;
    const page = await log.readStream(stream, { from, limit: pageSize }, 'open');
    loaded = withPage(decider, loaded, page);
    if (page.length < pageSize) return loaded;
  }
};

const decideAndAppend = async <State, Command, Event extends StudioEvent>(
  { log, newId }: Shell,
  decider: Decider<State, Command, Event>,
  loaded: Loaded<State>,
  { stream, command, cause, keys }: Order<State, Command>,
): Promise<Handled<State, Event>> => {
  const events = decider.decide(command, loaded.state);
  if (events.length === 0) return { ...loaded, events };
  const recorded = events.map((event): NewEvent<Event> => ({
    ...event,
    ...{ eventId: newId(), metadata: follow(cause, event.type) },
  }));
  const head = await log.append(stream, loaded.head ?? 'no_stream', recorded, keys(loaded.state));
  const last = recorded.at(-1)?.metadata ?? null;
  return {
    state: foldBy(decider, loaded.state, events),
    head,
    opened: loaded.opened ?? recorded[0]?.metadata ?? null,
    changed: last,
    events,
  };
};

const tooBusy = (cause: unknown): StudioError =>
  new StudioError('unavailable', 'service.unavailable', 'Too busy, try again', {
    ...{ retryAfterMs, cause },
  });

const untilDecided = async <State, Command, Event extends StudioEvent>(
  shell: Shell,
  decider: Decider<State, Command, Event>,
  order: Order<State, Command>,
  patience: Patience,
): Promise<Handled<State, Event>> => {
  let loaded = order.known ?? absent(decider);
  let level = order.fresh === true || order.known !== undefined;
  for (;;) {
    if (!level) loaded = await load(shell.log, decider, order.stream, loaded);
    try {
      return await decideAndAppend(shell, decider, loaded, order);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if (!(await patience.wait())) throw tooBusy(error);
      level = false;
    }
  }
};

/**
 * Load, fold, decide, append; the one way by which a command becomes facts. A lost race is tried
 * again over what the winner wrote, with jitter, so that a command is refused by a rule or not at all.
 * Errors: those of the decider and of the log; `service.unavailable` when races were lost for too long.
 */
export const handle = async <State, Command, Event extends StudioEvent>(
  shell: Shell,
  decider: Decider<State, Command, Event>,
  order: Order<State, Command>,
): Promise<Handled<State, Event>> => {
  const patience = shell.patience(order.stream);
  try {
    return await untilDecided(shell, decider, order, patience);
  } finally {
    patience.end();
  }
};
