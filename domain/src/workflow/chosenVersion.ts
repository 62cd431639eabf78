import {
  type EventLog,
  type RecordedEvent,
  type StreamName,
  StudioError,
  type WorkflowEvent,
} from '@studio/contracts';

import { foldBy } from '../decider.ts';
import { publishedOf } from './published.ts';
import { isSaved, type SavedWorkflow } from './savedWorkflow.ts';
import { aliasOf, endOfVersion } from './versions.ts';
import { workflow } from './workflow.ts';

/** What a start names of a workflow's versions; at most one of both. */
export interface Choice {
  readonly version?: number | null | undefined;
  readonly alias?: string | null | undefined;
}

/** The workflow as its facts up to that revision make it. */
export type WorkflowAt = (
  stream: StreamName,
  saved: SavedWorkflow,
  upTo: number,
) => Promise<SavedWorkflow>;

const mostKept = 200;
const pageSize = 1_000;

/** Keeps what it folded: a version never changes. */
export const createWorkflowAt = (log: EventLog): WorkflowAt => {
  const kept = new Map<string, SavedWorkflow>();
  const read = async (stream: StreamName, upTo: number): Promise<SavedWorkflow> => {
    let state = workflow.initialState();
    for (let from = 0; from <= upTo; from += pageSize) {
      const limit = Math.min(pageSize, upTo + 1 - from);
      const page = await log.readStream(stream, { from, limit }, 'open');
      state = foldBy(workflow, state, page as readonly RecordedEvent<WorkflowEvent>[]); // a stream holds the events of its own aggregate only
    }
    if (!isSaved(state)) throw new Error(`${stream} was no saved workflow at ${upTo}`);
    return state;
  };
  return async (stream, saved, upTo) => {
    if (upTo === saved.revision) return saved;
    const key = `${stream} ${upTo}`;
    const known = kept.get(key) ?? (await read(stream, upTo));
    kept.delete(key);
    kept.set(key, known);
    const oldest = kept.keys().next();
    if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value);
    return known;
  };
};

const published = (saved: SavedWorkflow): SavedWorkflow => {
  const found = publishedOf(saved);
  if (found) return found;
  throw new StudioError(
    'conflict',
    'workflow.not_published',
    'The workflow is not published: there is no version that triggers use',
  );
};

/**
 * The version that a start chose, the one saved last where it chose none.
 * Errors: `workflow.version_not_found`, `workflow.alias_not_found`, `workflow.not_published`.
 */
export const chosenVersion = async (
  workflowAt: WorkflowAt,
  { stream, saved }: { readonly stream: StreamName; readonly saved: SavedWorkflow },
  { version, alias }: Choice,
): Promise<SavedWorkflow> => {
  if (typeof version === 'number') return workflowAt(stream, saved, endOfVersion(saved, version));
  if (typeof alias !== 'string' || alias === 'latest') return saved;
  if (alias === 'published') return published(saved);
  return workflowAt(stream, saved, aliasOf(saved, alias).upTo);
};
