import type { ExecutionEvent, RunLimit } from '@studio/contracts';

import type { Pinned } from './pin.ts';
import type { SavedWorkflow } from './savedWorkflow.ts';
import { deadlineFrom } from './timeLimits.ts';

export type StartData = Extract<ExecutionEvent, { type: 'WorkflowStarted' }>['data'];

type Ids = 'executionId' | 'userId' | 'keyId';
type OfWorkflow =
  'workflowVersion' | 'workflowName' | 'definition' | 'definitionHash' | 'totalNodes';

/** What is asked of a run, whoever starts it. */
export type StartAsked = Omit<
  StartData,
  Ids | OfWorkflow | 'engineVersion' | 'deadline' | 'limits'
>;

/** The meaning of definitions and facts that a run is executed by; recorded, so that it can change. */
const engineVersion = 1;

/** A child runs in its parent's place: were both to wait for one in the workspace, neither would go on. */
const limitsFor = ({ parent }: StartAsked, { limits }: Pinned): RunLimit[] =>
  limits.filter(({ scope }) => !parent || scope !== 'workspace');

const latest = (left: string, right: string): string => (left > right ? left : right);

/** The fact that opens a run of that version of the workflow. */
export const startData = (
  asked: StartAsked,
  saved: SavedWorkflow,
  pinned: Pinned,
  { now, ...ids }: Pick<StartData, Ids> & { readonly now: string },
): StartData => {
  const { definition, definitionHash } = pinned;
  const limits = limitsFor(asked, pinned);
  return {
    ...asked,
    ...ids,
    ...deadlineFrom(saved.content, latest(asked.scheduledAt ?? now, now)),
    ...(limits.length > 0 ? { limits } : {}),
    ...{ engineVersion, definition, definitionHash },
    ...{ workflowVersion: saved.version, workflowName: saved.content.name },
    // What stands in a region counts with it: how often it will run, nobody knows.
    totalNodes: definition.nodes.filter(({ parent }) => parent === undefined).length,
  };
};
