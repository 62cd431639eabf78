import type { FactView } from '@studio/contracts';

import { followRun } from '../cli/followRun.ts';
import type { Example } from './examples.ts';
import { nodeProgress } from './nodeProgress.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** Shows the nodes of a run while it runs, and answers its facts once it has ended. */
export const watchNodes = async (
  stage: Stage,
  { shell, source }: Visitor,
  { titles }: Example,
  run: string,
): Promise<FactView[]> => {
  const board = stage.board(new Map([...titles.values()].map((title) => [title, 'waiting'])));
  const facts: FactView[] = [];
  for await (const fact of followRun(shell, source, run)) {
    facts.push(fact);
    const seen = nodeProgress(fact);
    if (seen) board.show(titles.get(seen.nodeId) ?? seen.nodeId, seen.text);
  }
  return facts;
};
