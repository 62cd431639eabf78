import {
  type EventLog,
  type RecordedEvent,
  type WorkflowEvent,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';

import type { RowsOf } from './deps.ts';
import { type WorkflowRow, workflowRow } from './rows.ts';

interface Reading {
  readonly log: EventLog;
  readonly rowsOf: RowsOf;
}

export interface WorkflowHistory {
  /** The workflow as it stands now. */
  readonly current: WorkflowRow;
  /** Each version as the next one found it, newest first. */
  readonly versions: readonly WorkflowRow[];
}

const pageSize = 100;

type WorkflowFact = RecordedEvent<WorkflowEvent>;

/** A version is its save and the last status before the next save; both say all that there is. */
interface Version {
  readonly number: number;
  readonly save: WorkflowFact;
  readonly status: WorkflowFact | null;
}

async function* eventsOf(log: EventLog, id: WorkflowId): AsyncGenerator<WorkflowFact> {
  for (let from = 0; ; from += pageSize) {
    const page = await log.readStream(workflowStream(id), { from, limit: pageSize }, 'sealed');
    yield* page as readonly WorkflowFact[]; // a workflow's stream holds nothing else
    if (page.length < pageSize) return;
  }
}

const withEvent = (versions: readonly Version[], event: WorkflowFact): readonly Version[] => {
  const newest = versions.at(-1);
  switch (event.type) {
    case 'WorkflowCreated':
    case 'WorkflowChanged': {
      const number = event.type === 'WorkflowCreated' ? 1 : event.data.version;
      return [...versions, { number, save: event, status: newest?.status ?? null }];
    }
    case 'WorkflowStatusChanged':
      return newest ? [...versions.slice(0, -1), { ...newest, status: event }] : versions;
    case 'WorkflowDeleted':
      return [];
    case 'AgentAdded':
    case 'AgentChanged':
    case 'AgentRemoved':
    case 'WebhookIssued':
    case 'WebhookDisabled':
    case 'WorkflowAliasSet':
    case 'WorkflowAliasRemoved':
    case 'WorkflowHalted':
    case 'WorkflowReleased':
    case 'ScheduleSet':
    case 'ScheduleRemoved':
    case 'SchedulesDisabled':
    case 'SchedulesEnabled':
    case 'ScheduleFiringsSkipped':
    case 'EventTriggerSet':
    case 'EventTriggerRemoved':
    case 'EventFiringSkipped':
      return versions;
  }
};

/** Which versions are asked for: so many of the newest ones, or that one. */
export type Wanted = { readonly newest: number } | { readonly version: number };

/** The versions to keep of those read so far; the newest one always, since the next save goes by it. */
const keeping = (versions: readonly Version[], wanted: Wanted): readonly Version[] =>
  'newest' in wanted
    ? versions.slice(-wanted.newest)
    : versions.filter(
        (version, index) => version.number === wanted.version || index === versions.length - 1,
      );

/** Folds the workflow's stream to its versions. Null when it is absent or deleted. */
export const workflowHistory = async (
  { log, rowsOf }: Reading,
  id: WorkflowId,
  wanted: Wanted,
): Promise<WorkflowHistory | null> => {
  let opening: WorkflowFact | null = null;
  let versions: readonly Version[] = [];
  for await (const event of eventsOf(log, id)) {
    opening ??= event;
    versions = keeping(withEvent(versions, event), wanted);
  }
  const rowsOfVersion = ({ save, status }: Version): WorkflowRow[] => {
    const facts = [opening, save, status].filter((event) => event !== null);
    const inOrder = [...new Set(facts)].sort((a, b) => a.revision - b.revision);
    return (rowsOf('workflows', inOrder).get('workflows') ?? []).map(workflowRow);
  };
  const rows = [...versions].reverse().flatMap(rowsOfVersion);
  const [current] = rows;
  return current ? { current, versions: rows } : null;
};
