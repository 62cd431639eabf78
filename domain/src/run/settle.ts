import type { DefinedNode, ExecutionEvent } from '@studio/contracts';

import { approvalTimerId } from './approval.ts';
import { type Graph, graphOf } from './graph.ts';
import { inputOf, instanceOf, isTrigger, readinessOf } from './inputs.ts';
import { apply, type Draft, draftOf, isEnding, isOver, type NodeState, type Run } from './run.ts';

/** Kinds that the planner itself completes: they only pass their input on. */
const passesOn = ({ kind }: DefinedNode): boolean => isTrigger(kind) || kind === 'merge@1';

const passedOn = (run: Run, node: DefinedNode): ExecutionEvent => ({
  type: 'NodeCompleted',
  data: {
    ...{ nodeId: node.id, instanceId: instanceOf(node.id), attempt: 1, handle: 'output' },
    output: inputOf(run, node.id),
  },
});

const consequenceFor = (run: Run, node: DefinedNode): ExecutionEvent | null => {
  const instanceId = instanceOf(node.id);
  const state = run.instances.get(instanceId);
  if (state) return state.status === 'fired' ? passedOn(run, node) : null;
  const readiness = readinessOf(run, node.id);
  if (readiness === 'dead') return { type: 'NodeSkipped', data: { nodeId: node.id, instanceId } };
  return readiness === 'ready' && passesOn(node) ? passedOn(run, node) : null;
};

/** True while an attempt may still bring an outcome that belongs on record. */
const isUnsettled = ({ status }: NodeState): boolean =>
  status === 'running' || status === 'in_doubt';

/** A run's output is its only end node's, else an object of end node id → output. */
const runOutput = (run: Run): unknown => {
  const { endNodes } = graphOf(run.definition);
  const outputs = endNodes.flatMap(({ id }) => {
    const state = run.instances.get(instanceOf(id));
    return state?.status === 'completed' ? [[id, state.output] as const] : [];
  });
  return endNodes.length === 1 ? (outputs[0]?.[1] ?? null) : Object.fromEntries(outputs);
};

const isSettled = ({ status }: NodeState): boolean =>
  status === 'completed' || status === 'failed' || status === 'skipped';

/** How a run ends that had nothing new begin any more. */
const lastFact = ({ failure, earlyEnd }: Run): ExecutionEvent => {
  if (!failure) return { type: 'WorkflowCompleted', data: { output: earlyEnd?.output ?? null } };
  const { instanceId, error } = failure;
  const { code, message } = error;
  return { type: 'WorkflowFailed', data: { instanceId, code, message } };
};

const ending = (run: Run): ExecutionEvent[] => {
  if (isEnding(run)) return [...run.instances.values()].some(isUnsettled) ? [] : [lastFact(run)];
  if (run.instances.size < run.definition.nodes.length) return [];
  if (![...run.instances.values()].every(isSettled)) return [];
  return [{ type: 'WorkflowCompleted', data: { output: runOutput(run) } }];
};

const nodeIn = (graph: Graph, id: string): DefinedNode[] => {
  const node = graph.nodes.get(id);
  return node ? [node] : [];
};

/** Settles what can be settled among these nodes, and then what comes after each. */
const settle = (draft: Draft, nodes: readonly DefinedNode[]): ExecutionEvent[] => {
  const graph = graphOf(draft.definition);
  const events: ExecutionEvent[] = [];
  const toLookAt = [...nodes];
  for (const node of toLookAt) {
    const event = consequenceFor(draft, node);
    if (!event) continue;
    events.push(event);
    apply(draft, event);
    for (const { target } of graph.outgoing.get(node.id) ?? [])
      toLookAt.push(...nodeIn(graph, target));
  }
  return events;
};

/** The nodes behind those that the facts are about: no others can be affected. */
const behind = (draft: Draft, facts: readonly ExecutionEvent[]): DefinedNode[] => {
  const graph = graphOf(draft.definition);
  return facts.flatMap(({ data }) =>
    'nodeId' in data
      ? (graph.outgoing.get(data.nodeId) ?? []).flatMap(({ target }) => nodeIn(graph, target))
      : [],
  );
};

/** These facts and what follows from them by itself: dead paths, joins, the end of the run. */
export const withConsequences = (run: Run, facts: readonly ExecutionEvent[]): ExecutionEvent[] => {
  const draft = draftOf(run);
  for (const fact of facts) apply(draft, fact);
  if (isOver(draft) || draft.paused) return [...facts];
  const followed = isEnding(draft) ? [] : settle(draft, behind(draft, facts));
  return [...facts, ...followed, ...ending(draft)];
};

/** The deadline of an approval, for the time it was set to. */
const deadlineAgain = (run: Run, instanceId: string, requestedAt: number): ExecutionEvent[] => {
  const approval = run.approvals.get(requestedAt);
  const timerId = approval ? approvalTimerId(approval) : null;
  if (timerId === null || !approval?.deadline) return [];
  const { nodeId, deadline } = approval;
  return [{ type: 'TimerSet', data: { nodeId, instanceId, timerId, dueAt: deadline.dueAt } }];
};

const timerAgain = (run: Run, instanceId: string, state: NodeState): ExecutionEvent[] => {
  if (!('lapsed' in state)) return [];
  if (state.status === 'awaiting_approval')
    return deadlineAgain(run, instanceId, state.requestedAt);
  const { nodeId, dueAt } = state;
  if (state.status === 'waiting')
    return [{ type: 'TimerSet', data: { nodeId, instanceId, timerId: state.timerId, dueAt } }];
  const { attempt, generation } = state;
  const again = { nodeId, instanceId, attempt, generation, dueAt };
  return [{ type: 'NodeRetryScheduled', data: again }];
};

/** The timers that lapsed with the run's failure, for the time they were set to. */
const timersAgain = (draft: Draft): ExecutionEvent[] => {
  const events = [...draft.instances].flatMap(([id, state]) => timerAgain(draft, id, state));
  for (const event of events) apply(draft, event);
  return events;
};

/**
 * What follows from everything so far and is not on record: at the start, after a record that broke
 * off, or when a person has the run go on.
 */
export const consequencesOf = (run: Run): ExecutionEvent[] => {
  if (run.startsAt !== null || run.paused) return [];
  const draft = draftOf(run);
  if (isEnding(draft)) return ending(draft);
  const timers = timersAgain(draft);
  const followed = settle(draft, graphOf(draft.definition).inOrder);
  return [...timers, ...followed, ...ending(draft)];
};
