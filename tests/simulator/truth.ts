import {
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  parseStream,
  type RecordedEvent,
} from '@studio/contracts';
import { foldRun, initialRun, isOver, type Run } from '@studio/domain';

type Fact = RecordedEvent<ExecutionEvent>;

/** What the log says of one run. */
export interface TrueRun {
  readonly run: Run;
  readonly facts: readonly Fact[];
  /** The fold after each append. */
  readonly folds: ReadonlyMap<number, Run>;
}

interface Knowing extends TrueRun {
  run: Run;
  readonly facts: Fact[];
  readonly folds: Map<number, Run>;
}

/** The log as nobody under test reads it: at once, and all of it. */
export interface Truth {
  readonly runs: ReadonlyMap<ExecutionId, TrueRun>;
  /** How many attempts are on record under an idempotency key. */
  intents(key: string): number;
  /** Runs that are open after the event at a position. */
  openAt(position: bigint): ReadonlySet<ExecutionId>;
  end(): bigint;
  catchUp(): Promise<readonly RecordedEvent[]>;
}

const pageSize = 1_000;

const byRun = (events: readonly RecordedEvent[]): Map<ExecutionId, Fact[]> => {
  const found = new Map<ExecutionId, Fact[]>();
  for (const event of events) {
    const stream = parseStream(event.stream);
    if (stream?.category !== 'execution') continue;
    const id = stream.id as ExecutionId; // the category says so
    found.set(id, [...(found.get(id) ?? []), event as Fact]); // as does the kind of its facts
  }
  return found;
};

export const createTruth = (log: EventLog): Truth => {
  const runs = new Map<ExecutionId, Knowing>();
  const intents = new Map<string, number>();
  const turns: { position: bigint; executionId: ExecutionId; open: boolean }[] = [];
  let end = 0n;

  const learn = (executionId: ExecutionId, facts: readonly Fact[]): void => {
    let known = runs.get(executionId);
    if (!known) {
      known = { run: initialRun, facts: [], folds: new Map() };
      runs.set(executionId, known);
    }
    for (const fact of facts) {
      const wasOpen = known.facts.length > 0 && !isOver(known.run);
      known.run = foldRun(known.run, [fact]);
      known.facts.push(fact);
      const open = !isOver(known.run);
      if (open !== wasOpen) turns.push({ position: fact.position, executionId, open });
      if (fact.type === 'NodeStarted') {
        const { idempotencyKey: key } = fact.data;
        intents.set(key, (intents.get(key) ?? 0) + 1);
      }
    }
    known.folds.set(known.run.revision, known.run);
  };

  return {
    runs,
    intents: (key) => intents.get(key) ?? 0,
    openAt: (position) => {
      const open = new Set<ExecutionId>();
      for (const turn of turns) {
        if (turn.position > position) break;
        if (turn.open) open.add(turn.executionId);
        else open.delete(turn.executionId);
      }
      return open;
    },
    end: () => end,
    catchUp: async () => {
      const news: RecordedEvent[] = [];
      while (end < (await log.lastPosition())) {
        const page = await log.readAll({ after: end, limit: pageSize }, 'open');
        for (const [executionId, facts] of byRun(page.events)) learn(executionId, facts);
        news.push(...page.events);
        end = page.upTo;
      }
      return news;
    },
  };
};
