import type {
  EventLog,
  ExecutionId,
  KeyRing,
  NewId,
  Occurrences,
  Singletons,
  StreamName,
  WorkflowId,
} from '@studio/contracts';
import { executionStream, workflowStream } from '@studio/contracts';
import {
  type Cause,
  handle,
  load,
  type Loaded,
  type Patience,
  type Pin,
  placeTaken,
  run,
  type SavedWorkflow,
  type StartAsked,
  startData,
  type Workflow,
  workflow,
} from '@studio/domain';

/** What starting runs without a person needs. */
export interface TriggerParts {
  readonly keys: Pick<KeyRing, 'reserve'>;
  readonly pin: Pin;
  readonly occurrences: Occurrences;
  readonly singletons: Singletons;
  readonly patience: (stream: StreamName) => Patience;
}

export interface Firing {
  readonly executionId: ExecutionId;
  readonly saved: SavedWorkflow;
  /** Whose run it is: who published the trigger. */
  readonly userId: string;
  readonly cause: Cause;
}

export interface Triggers {
  /** The workflow as it stands; folded before, only what is new is read. */
  workflowOf(id: WorkflowId): Promise<Loaded<Workflow>>;
  /** Starts the run unless it is there already. Errors: those of `pin`, and `execution.place_taken`. */
  start(firing: Firing, asked: StartAsked): Promise<void>;
}

const mostKept = 500;

export const createTriggers = (
  { keys, pin, patience, singletons }: TriggerParts,
  { log, newId }: { readonly log: EventLog; readonly newId: NewId },
): Triggers => {
  const kept = new Map<WorkflowId, Loaded<Workflow>>();
  return {
    workflowOf: async (id) => {
      const loaded = await load(log, workflow, workflowStream(id), kept.get(id));
      kept.delete(id);
      kept.set(id, loaded);
      const oldest = kept.keys().next();
      if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value);
      return loaded;
    },
    start: async ({ executionId, saved, userId, cause }, asked) => {
      const stream = executionStream(executionId);
      if (await log.head(stream)) return;
      const pinned = pin(saved);
      const keyId = await keys.reserve();
      const data = startData(asked, saved, pinned, {
        ...{ executionId, userId, keyId },
        now: cause.occurredAt,
      });
      const taken = await singletons.take(data);
      if (taken) throw placeTaken(taken);
      await handle({ log, newId, patience }, run, {
        ...{ stream, cause, fresh: true, keys: () => ({ run: keyId }) },
        command: { type: 'StartWorkflow', data },
      });
    },
  };
};
