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
  readonly digest: string | null;
}

const folder = fileURLToPath(new URL('./streams/', import.meta.url));

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim();
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
        digest: readIfThere(`${folder}${name}.digest`),
      };
    });

export const writeDigest = ({ name }: History, digest: string): void =>
  writeFileSync(`${folder}${name}.digest`, `${digest}\n`);

/** The samples in today's version, by the very upcasters of the product. */
export const todaysEvents = ({ samples }: History): StudioEvent[] =>
  samples.map(({ type, schemaVersion, data }, index) => {
    const today = upcast(upcasters, { type, eventId: String(index) }, data, schemaVersion);
    return { type, data: today.data } as StudioEvent; // what the schema says is a test of its own
  });

const folded = <State, Command, Event>(
  decider: Decider<State, Command, Event>,
  events: readonly StudioEvent[],
): unknown => foldBy(decider, decider.initialState(), events as readonly Event[]); // a stream holds its own events only

/** The state, and for a run what could be done next. */
const foldOf: Partial<Record<StreamCategory, (events: readonly StudioEvent[]) => unknown>> = {
  user: (events) => folded(user, events),
  workspace: (events) => folded(workspace, events),
  workflow: (events) => folded(workflow, events),
  execution: (events) => {
    // A stream of this category holds the facts of a run only.
    const run = foldRun(initialRun, events as Parameters<typeof foldRun>[1]);
    return { run, plan: planRun(run) };
  },
};

/** What today's product makes of the first `count` events. */
export const stateAfter = (history: History, count: number): unknown => {
  const fold = foldOf[history.category];
  if (!fold) throw new Error(`Nothing here folds a stream of ${history.category}`);
  return fold(todaysEvents(history).slice(0, count));
};
