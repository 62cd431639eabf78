import { type EventLog, type ExecutionId, type ReplayView, StudioError } from '@studio/contracts';
import { foldRun, initialRun, type Run, shownStatus } from '@studio/domain';

import { digestOf } from './digest.ts';
import { factsUpTo } from './runFacts.ts';

/** The run after its fact `at`, folded from recorded facts and from nothing else. */
export const foldUpTo = async (log: EventLog, id: ExecutionId, at: number): Promise<Run> => {
  let run = initialRun;
  for await (const facts of factsUpTo(log, id, at, 'open')) run = foldRun(run, facts);
  return run;
};

const timersOf = (run: Run): ReplayView['timers'] =>
  [...run.instances].flatMap(([instance_id, node]) =>
    'dueAt' in node ? [{ instance_id, due_at: node.dueAt }] : [],
  );

/** A fold's member as the API names it: `due_at` for `dueAt`. */
const inSnakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const nodesOf = (run: Run): ReplayView['nodes'] =>
  Object.fromEntries(
    [...run.instances].map(([instanceId, { nodeId, at, ...state }]) => {
      const members = Object.entries(state).map(([name, value]) => [inSnakeCase(name), value]);
      return [instanceId, { node_id: nodeId, revision: at, ...Object.fromEntries(members) }];
    }),
  );

/** Error: `execution.revision_unknown` for a revision that the run has not come to. */
export const replay = async (
  log: EventLog,
  id: ExecutionId,
  { at, last }: { readonly at: number; readonly last: number },
): Promise<ReplayView> => {
  if (at > last)
    throw new StudioError(
      'not_found',
      'execution.revision_unknown',
      `The execution has facts 0 to ${last}; there is no fact ${at}`,
    );
  const run = await foldUpTo(log, id, at);
  return {
    execution_id: id,
    revision: at,
    last_revision: last,
    status: shownStatus(run),
    retry_count: run.retries,
    workflow_id: run.workflowId,
    workflow_version: run.workflowVersion,
    trigger_data: run.trigger,
    context: run.context,
    nodes: nodesOf(run),
    timers: timersOf(run),
    output: run.output,
    failure: run.failure,
    compensation: run.compensation,
    erased: run.erased,
    digest: digestOf(run),
  };
};
