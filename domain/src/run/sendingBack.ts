import type { ExecutionEvent } from '@studio/contracts';

import { answerable } from './approving.ts';
import type { Order } from './attempts.ts';
import { type Graph, graphOf } from './graph.ts';
import { around, type Place, placeOf } from './places.ts';
import { refuseStranger } from './resolving.ts';
import { followers, refuseNode, rewind } from './rewinding.ts';
import type { Run } from './run.ts';

/** The node outside of regions that a place stands in, or is. */
const outermost = (graph: Graph, place: Place): string => {
  const iteration = around(graph, place);
  return iteration ? outermost(graph, iteration.region) : place.nodeId;
};

/** Only whoever looks after runs sends them anywhere: who is asked sends them back from there. */
const refuseElsewhere = (run: Run, instanceId: string, toNode: string): void => {
  const graph = graphOf(run.definition);
  const place = placeOf(graph, instanceId);
  if (toNode === place.nodeId || !followers(graph, toNode).has(outermost(graph, place)))
    refuseNode(toNode, 'does not come before what is asked');
};

/**
 * A person who was asked has the run go back to an earlier node; one answer is enough. It stands behind the
 * rewind: of a record that broke off between both, the run has gone back all the same.
 */
export const sendApprovalBack = (
  run: Run,
  { nodeId: toNode, now, ...said }: Order<'SendApprovalBack'>,
): ExecutionEvent[] => {
  const approval = answerable(run, { ...said, decision: 'send_back', edited: null });
  if (!approval) return [];
  const { nodeId, instanceId, requestedAt, seenHash } = approval;
  const { by, comment } = said;
  refuseStranger(run, toNode);
  refuseElsewhere(run, instanceId, toNode);
  return [
    ...rewind(run, { nodeId: toNode, reason: comment, now }),
    {
      type: 'ApprovalSentBack',
      data: { nodeId, instanceId, requestedAt, by, comment, seenHash, toNode },
    },
  ];
};
