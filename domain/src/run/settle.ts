import type { DefinedNode, ExecutionEvent } from '@studio/contracts';

import { graphOf } from './graph.ts';
import { inputOf, instanceOf, readinessOf } from './inputs.ts';
import { apply, type Draft, draftOf, isOver, type NodeState, type Run } from './run.ts';

/** Kinds that the planner itself completes: they only pass their input on. */
const passesOn = ({ kind }: DefinedNode): boolean =>
  kind === 'manual-trigger@1' || kind === 'webhook-trigger@1' || kind === 'merge@1';

const consequenceFor = (run: Run, node: DefinedNode): ExecutionEvent | null => {
  const instanceId = instanceOf(node.id);
  if (run.instances.has(instanceId)) return null;
  const readiness = readinessOf(run, node.id);
  if (readiness === 'dead') return { type: 'NodeSkipped', data: { nodeId: node.id, instanceId } };
  if (readiness === 'waiting' || !passesOn(node)) return null;
  const output = inputOf(run, node.id);
  return {
    type: 'NodeCompleted',
    data: { nodeId: node.id, instanceId, attempt: 1, handle: 'output', output },
  };
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

const ending = (run: Run): ExecutionEvent[] => {
  const states = [...run.instances.values()];
  if (run.failure) {
    if (states.some(isUnsettled)) return [];
    const { instanceId, error } = run.failure;
    const { code, message } = error;
    return [{ type: 'WorkflowFailed', data: { instanceId, code, message } }];
  }
  const settled = ({ status }: NodeState): boolean =>
    status === 'completed' || status === 'failed' || status === 'skipped';
  const done = states.length === run.definition.nodes.length && states.every(settled);
  return done ? [{ type: 'WorkflowCompleted', data: { output: runOutput(run) } }] : [];
};

const settleDownstream = (draft: Draft): ExecutionEvent[] => {
  const events: ExecutionEvent[] = [];
  for (const node of graphOf(draft.definition).inOrder) {
    const event = consequenceFor(draft, node);
    if (!event) continue;
    events.push(event);
    apply(draft, event);
  }
  return events;
};

/** What follows from these facts by itself: dead paths, joins, triggers, the end of the run. */
export const withConsequences = (run: Run, facts: readonly ExecutionEvent[]): ExecutionEvent[] => {
  const draft = draftOf(run);
  for (const fact of facts) apply(draft, fact);
  if (isOver(draft)) return [...facts];
  const followed = draft.failure ? [] : settleDownstream(draft);
  return [...facts, ...followed, ...ending(draft)];
};
