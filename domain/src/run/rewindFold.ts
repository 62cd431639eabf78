import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import { type Draft, type Fact, lateKey } from './run.ts';
import { beginWith } from './tries.ts';

/** What was told to an attempt alone that is no more. */
const dropCallbacks = (run: Draft, anew: ReadonlySet<string>): void => {
  const graph = graphOf(run.definition);
  const isGone = (instanceId: string): boolean => anew.has(placeOf(graph, instanceId).nodeId);
  run.signals = new Map(
    [...run.signals].map(([id, signal]) => {
      const forInstance = signal.kept?.forInstance ?? null;
      return [id, forInstance !== null && isGone(forInstance) ? { ...signal, kept: null } : signal];
    }),
  );
};

/** The node and all that follows it have not happened; what they have done stays in what is to be undone. */
export const rewind = (run: Draft, data: Fact<'WorkflowRewound'>): void => {
  run.rewinds = data.rewind;
  for (const { nodeIds, ...first } of data.anew)
    for (const nodeId of nodeIds) beginWith(run, nodeId, first);
  const anew = new Set(data.anew.flatMap(({ nodeIds }) => nodeIds));
  for (const [instanceId, { nodeId }] of run.instances)
    if (anew.has(nodeId)) run.instances.delete(instanceId);
  const calledOff = data.calledOff.map(({ instanceId, attempt }) => lateKey(instanceId, attempt));
  run.calledOff = new Set([...run.calledOff, ...calledOff]);
  dropCallbacks(run, anew);
};
