import {
  AgentsQuery,
  type AgentView,
  type Page,
  StudioError,
  type WorkflowId,
} from '@studio/contracts';
import { type Caller, callerOf, parse } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import { agentPage, agentsOf, findAgent } from './agentRows.ts';
import { agentViews } from './agentView.ts';
import type { RouteParts } from './executions.routes.ts';
import { agentIdOf, workflowIdOf } from './requests.ts';
import type { AgentRow } from './rows.ts';
import { findWorkflow } from './workflowRows.ts';

export const addAgentRoutes = (
  app: Express,
  prefix: string,
  { deps, database, ask, isFresh }: RouteParts,
): void => {
  const { opener, authenticator, log, positions } = deps;
  const patienceMs = deps.patience?.freshnessMs ?? 2_000;

  /** Who asks; the answer says so when the rows may not know yet what they wrote. */
  const reader = async (request: Request, response: Response): Promise<Caller> => {
    const caller = await callerOf(authenticator, request);
    if (!(await isFresh(request, caller, 'workflows'))) response.set('Studio-Stale', 'true');
    return caller;
  };

  /** An agent is seen by those who see its workflow. */
  const maySee = async (caller: Caller, workflowId: WorkflowId): Promise<boolean> => {
    const workflow = await findWorkflow(ask, workflowId);
    return workflow?.workspace_id === caller.workspaceId || workflow?.is_public === true;
  };

  const visibleAgent = async (caller: Caller, id: string): Promise<AgentRow | null> => {
    const row = await findAgent(database, id);
    if (!row) return null;
    const workflowId = row.workflow_id as WorkflowId; // as the fact said it
    return (await maySee(caller, workflowId)) ? row : null;
  };

  /** An agent's id tells no stream to fold: one that is not found is looked for again in level rows. */
  const agentOf = async (caller: Caller, id: string): Promise<AgentRow> => {
    const known = await visibleAgent(caller, id);
    if (known) return known;
    await positions.waitFor('workflows', await log.lastPosition(), patienceMs);
    const row = await visibleAgent(caller, id);
    if (!row) throw new StudioError('not_found', 'agent.not_found', 'Agent not found');
    return row;
  };

  app.get(`${prefix}/agents`, async (request: Request, response: Response) => {
    const caller = await reader(request, response);
    const query = parse(AgentsQuery, request.query, 'query');
    const { rows, total, isEstimate } = await agentPage(database, caller.workspaceId, query);
    const page: Page<AgentView> = {
      ...{ items: await agentViews(opener, rows), total },
      ...{ limit: query.limit, offset: query.offset },
      ...(isEstimate ? { total_is_estimate: true } : {}),
    };
    response.json(page);
  });

  app.get(
    `${prefix}/agents/workflow/:workflowId/agents`,
    async (request: Request, response: Response) => {
      const caller = await reader(request, response);
      const workflowId = workflowIdOf(request.params['workflowId']);
      const rows = (await maySee(caller, workflowId)) ? await agentsOf(database, workflowId) : [];
      response.json(await agentViews(opener, rows));
    },
  );

  app.get(`${prefix}/agents/:id`, async (request: Request, response: Response) => {
    const caller = await reader(request, response);
    const row = await agentOf(caller, agentIdOf(request.params['id']));
    const [view] = await agentViews(opener, [row]);
    response.json(view);
  });
};
