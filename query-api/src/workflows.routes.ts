import {
  type Page,
  StudioError,
  VersionsQuery,
  type WorkflowId,
  WorkflowsQuery,
  workflowStream,
  type WorkflowView,
} from '@studio/contracts';
import { type Caller, callerOf, parse } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import type { RouteParts } from './executions.routes.ts';
import { versionOf, workflowIdOf } from './requests.ts';
import { type WorkflowRow, workflowRow } from './rows.ts';
import { findWorkflow, workflowPage } from './workflowRows.ts';
import { type WorkflowHistory, workflowHistory } from './workflowVersions.ts';
import { workflowViews } from './workflowView.ts';

/** What a public workflow was before it stands as it does is its workspace's business. */
const versionsFor = (
  caller: Caller,
  { current, versions }: WorkflowHistory,
): readonly WorkflowRow[] => {
  if (current.workspace_id === caller.workspaceId) return versions;
  return current.is_public ? [current] : [];
};

export const addWorkflowRoutes = (
  app: Express,
  prefix: string,
  { deps, ask, isFresh }: RouteParts,
): void => {
  const { log, opener, authenticator, rowsOf } = deps;
  const foldedRow = async (id: WorkflowId): Promise<WorkflowRow | null> => {
    const stream = workflowStream(id);
    const facts = [];
    for (let from = 0; ; from += 1_000) {
      const page = await log.readStream(stream, { from, limit: 1_000 }, 'sealed');
      facts.push(...page);
      if (page.length < 1_000) break;
    }
    const [row] = rowsOf('workflows', facts).get('workflows') ?? [];
    return row ? workflowRow(row) : null;
  };

  app.get(`${prefix}/workflows`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const query = parse(WorkflowsQuery, request.query, 'query');
    if (!(await isFresh(request, caller, 'workflows'))) response.set('Studio-Stale', 'true');
    const { rows, total, isEstimate } = await workflowPage(ask, caller.workspaceId, query);
    const page: Page<WorkflowView> = {
      items: await workflowViews(opener, rows),
      total,
      limit: query.limit,
      offset: query.offset,
      ...(isEstimate ? { total_is_estimate: true } : {}),
    };
    response.json(page);
  });

  app.get(`${prefix}/workflows/:id`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const id = workflowIdOf(request.params['id']);
    const fresh = await isFresh(request, caller, 'workflows');
    const row = (fresh ? await findWorkflow(ask, id) : null) ?? (await foldedRow(id));
    if (!row || !(row.workspace_id === caller.workspaceId || row.is_public))
      throw new StudioError('not_found', 'workflow.not_found', 'Workflow not found');
    const [view] = await workflowViews(opener, [row]);
    response.set('ETag', `"${row.version}"`).json(view);
  });

  app.get(`${prefix}/workflows/:id/versions`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const id = workflowIdOf(request.params['id']);
    const { limit, offset } = parse(VersionsQuery, request.query, 'query');
    const history = await workflowHistory({ log, rowsOf }, id, { newest: limit + offset });
    const visible = history ? versionsFor(caller, history) : [];
    response.json(await workflowViews(opener, visible.slice(offset, offset + limit)));
  });

  app.get(`${prefix}/workflows/:id/versions/:version`, async (request, response) => {
    const caller = await callerOf(authenticator, request);
    const id = workflowIdOf(request.params['id']);
    const version = versionOf(request.params['version']);
    const history = await workflowHistory({ log, rowsOf }, id, { version });
    const visible = history ? versionsFor(caller, history) : [];
    if (visible.length === 0)
      throw new StudioError('not_found', 'workflow.not_found', 'Workflow not found');
    const [view] = await workflowViews(
      opener,
      visible.filter((row) => row.version === version),
    );
    if (!view)
      throw new StudioError(
        'not_found',
        'workflow.version_not_found',
        `The workflow has no version ${version}`,
      );
    response.json(view);
  });
};
