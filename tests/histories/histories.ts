import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { StreamCategory, StudioEvent } from '@studio/contracts';
import {
  type Decider,
  foldBy,
  foldRun,
  initialRun,
  planRun,
  user,
  workflow,
  workspace,
} from '@studio/domain';
import { upcast, upcasters } from '@studio/infra';

/** An event as it was recorded once, payloads open, in the version that was written then. */
export interface Sample {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Record<string, unknown>;
}

/** A stream as it was recorded once. Neither it nor its samples ever change. */
export interface History {
  readonly name: string;
  readonly category: StreamCategory;
  readonly samples: readonly Sample[];
  /** What today's product is expected to make of it; null while nobody has said so. */
  readonly expected: object | null;
}

const folder = fileURLToPath(new URL('./streams/', import.meta.url));

const readIfThere = (file: string): object | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object; // what writeExpected wrote
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // reading a file throws nothing else
    throw error;
  }
};

/** Takes lines as `studio events show --json` prints them, too: the version stands in the metadata there. */
const sampleOf = (line: string): Sample => {
  const { type, schemaVersion, data, metadata } = JSON.parse(line) as Sample & {
    metadata?: { schemaVersion: number };
  }; // what these files hold
  return { type, schemaVersion: metadata?.schemaVersion ?? schemaVersion, data };
};

/** Every `<category>.<story>.jsonl` of the folder. */
export const readHistories = (): History[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => {
      const name = file.slice(0, -'.jsonl'.length);
      const lines = readFileSync(folder + file, 'utf8')
        .split('\n')
        .filter(Boolean);
      return {
        name,
        category: name.split('.')[0] as StreamCategory, // so they are named
        samples: lines.map(sampleOf),
        expected: readIfThere(`${folder}${name}.expected.json`),
      };
    });

export const writeExpected = ({ name }: History, made: object): void =>
  writeFileSync(`${folder}${name}.expected.json`, `${JSON.stringify(made, null, 1)}\n`);

/** The samples in today's version, by the very upcasters of the product. */
export const todaysEvents = ({ samples }: History): StudioEvent[] =>
  samples.map(({ type, schemaVersion, data }, index) => {
    const today = upcast(upcasters, { type, eventId: String(index) }, data, schemaVersion);
    return { type, data: today.data } as StudioEvent; // what the schema says is a test of its own
  });

const folded = <State, Command, Event>(
  decider: Decider<State, Command, Event>,
  events: readonly StudioEvent[],
): object => ({
  state: foldBy(decider, decider.initialState(), events as readonly Event[]), // a stream holds its own events only
});

/** The state at the end, and for a run what could be done next after each of its facts. */
const makers: Partial<Record<StreamCategory, (events: readonly StudioEvent[]) => object>> = {
  user: (events) => folded(user, events),
  workspace: (events) => folded(workspace, events),
  workflow: (events) => folded(workflow, events),
  execution: (events) => {
    const facts = events as Parameters<typeof foldRun>[1]; // a stream of this category holds nothing else
    const plans = facts.map((_, index) => planRun(foldRun(initialRun, facts.slice(0, index + 1))));
    return { state: foldRun(initialRun, facts), plans };
  },
};

const plain = (_name: string, value: unknown): unknown => {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  return value instanceof Set ? [...(value as Set<unknown>)] : value;
};

/** What today's product makes of a history, as JSON has it: maps and sets are lists. */
export const madeOf = (history: History): object => {
  const make = makers[history.category];
  if (!make) throw new Error(`Nothing here folds a stream of ${history.category}`);
  return JSON.parse(JSON.stringify(make(todaysEvents(history)), plain)) as object; // it was one
};
