import { positionText } from '@studio/infra';

import { factView } from '../history.routes.ts';
import type { RunFact } from '../runFacts.ts';
import type { Update } from './progress.ts';

/** All that a fact has sockets told: the `fact` message comes last and alone carries a position. */
export interface Delivery {
  readonly executionId: string;
  readonly workspaceId: string;
  readonly revision: number;
  readonly position: bigint;
  /** JSON texts, made once for all sockets. */
  readonly texts: readonly string[];
}

export const deliveryOf = (
  storeId: string,
  executionId: string,
  { fact, updates }: { readonly fact: RunFact; readonly updates: readonly Update[] },
): Delivery => {
  const message = {
    type: 'fact',
    position: positionText(storeId, fact.position),
    execution_id: executionId,
    revision: fact.revision,
    event: factView(storeId, fact),
  };
  return {
    executionId,
    workspaceId: fact.metadata.workspaceId,
    revision: fact.revision,
    position: fact.position,
    texts: [...updates, message].map((each) => JSON.stringify(each)),
  };
};
