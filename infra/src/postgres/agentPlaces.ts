import type { WorkflowId } from '@studio/contracts';
import type { Pool } from 'pg';

import type { ProjectionPositions } from './readModelsPositions.ts';

/** The workflow in whose stream an agent lives; null when there is no such agent. It decides nothing: the stream does. */
export type FindAgent = (agentId: string) => Promise<WorkflowId | null>;

export interface AgentPlacesParts {
  readonly pool: Pool;
  readonly positions: Pick<ProjectionPositions, 'waitFor'>;
  readonly lastPosition: () => Promise<bigint>;
}

const patienceMs = 2_000;

/** An agent that the rows do not know is looked for again once they know all that the log holds now. */
export const createAgentPlaces = ({
  pool,
  positions,
  lastPosition,
}: AgentPlacesParts): FindAgent => {
  const look = async (agentId: string): Promise<WorkflowId | null> => {
    const { rows } = await pool.query<{ workflow_id: WorkflowId }>(
      'select workflow_id from read.agents where id = $1',
      [agentId],
    );
    return rows[0]?.workflow_id ?? null;
  };
  return async (agentId) => {
    const known = await look(agentId);
    if (known !== null) return known;
    await positions.waitFor('workflows', await lastPosition(), patienceMs);
    return look(agentId);
  };
};
