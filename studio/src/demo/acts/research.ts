import type { FactView } from '@studio/contracts';

import { saveExample, startExample } from '../examples.ts';
import { watchNodes } from '../watchNodes.ts';
import type { Tour } from './tour.ts';

const revisionOf = (facts: readonly FactView[], type: string, node: string): number =>
  facts.findIndex(
    (fact) => fact.type === type && (fact.data as { nodeId?: string }).nodeId === node,
  ); // a fact of a node has one

/** Three agents side by side, and an editor who waits for all of them. */
export const research = async ({ stage, visitor }: Tour): Promise<void> => {
  stage.act('A research brief: three agents side by side, merged, and an editor');
  stage.say('No model key is used: every answer is made up by the simulated model, and says so.');
  const example = await saveExample(visitor, 'research-brief');
  const asked = { topic: 'tidal power', audience: 'investors' };
  const run = await startExample(visitor, example, asked);
  const facts = await watchNodes(stage, visitor, example, run);
  const last = facts.at(-1);
  stage.claim(last?.type === 'WorkflowCompleted', `The run completed in ${facts.length} facts`);
  const editor = revisionOf(facts, 'NodeStarted', 'editor');
  const findings = ['facts', 'objections', 'readers'].map((node) =>
    revisionOf(facts, 'NodeCompleted', node),
  );
  stage.claim(
    findings.every((revision) => revision >= 0 && revision < editor),
    'The editor began only when all three had answered',
  );
  const turns = facts.filter(({ type }) => type === 'ModelTurnCompleted');
  const simulated = turns.every(({ data }) => (data as { simulated?: unknown }).simulated === true); // a ModelTurn
  stage.claim(simulated, `${turns.length} model calls are on record, each marked as simulated`);
};
