import type { Scope } from '@studio/contracts';
import {
  comingIteration,
  inputOf,
  type IterationAround,
  iterationsAround,
  outputOf,
  type Run,
  visibleFrom,
} from '@studio/domain';

const outputsFrom = (run: Run, instanceId: string): Record<string, unknown> =>
  Object.fromEntries(
    [...visibleFrom(run, instanceId)].flatMap(([id, state]) =>
      state.status === 'completed' || state.status === 'failed' ? [[id, outputOf(state)]] : [],
    ),
  );

/** What the iterations around a node bring into scope; nothing outside of regions. */
const loopNames = (iterations: readonly IterationAround[]): Partial<Scope> => {
  const [innermost] = iterations;
  if (!innermost) return {};
  const { item, index } = innermost;
  const loops = Object.fromEntries(
    iterations.map((each) => [each.regionId, { item: each.item, index: each.index }]),
  );
  return { item, index, loops };
};

const scopeWithin = (
  run: Run,
  instanceId: string,
  iterations: readonly IterationAround[],
): Scope => {
  let nodes: Record<string, unknown> | undefined;
  return {
    trigger: run.trigger,
    input: inputOf(run, instanceId),
    get nodes() {
      return (nodes ??= outputsFrom(run, instanceId));
    },
    execution: { id: run.executionId, workflow_id: run.workflowId, context: run.context },
    ...loopNames(iterations),
  };
};

/**
 * What the expressions of an instance see: recorded values only, so that a replay needs none of it.
 * `nodes` is gathered when it is first asked for: most nodes never look at it.
 */
export const scopeOf = (run: Run, instanceId: string): Scope =>
  scopeWithin(run, instanceId, iterationsAround(run, instanceId));

/** What a loop's expression sees: the iteration that may come is the innermost. */
export const scopeBefore = (run: Run, instanceId: string, index: number): Scope =>
  scopeWithin(run, instanceId, [
    comingIteration(run, instanceId, index),
    ...iterationsAround(run, instanceId),
  ]);

/** A value as the log will give it back: plain JSON, `undefined` as null. */
export const asRecorded = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown); // JSON text parses
