import { type ExecutionCommand, MigrateRunsRequest, type RunMigration } from '@studio/contracts';
import { chosenVersion, deadlineFrom, type Pin, type WorkflowAt } from '@studio/domain';
import type { OpenRun } from '@studio/infra';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { type FoundWorkflow, workflowFor, type WorkflowParts } from '../workflows/savedWorkflow.ts';
import { inLots, latestHead } from './manyRuns.ts';
import { migrateRun } from './migrateRun.ts';

type Parts = WorkflowParts & { readonly pin: Pin; readonly workflowAt: WorkflowAt };

/** Errors: `workflow.version_not_found`, and those of `pin`. */
const orderFor = async (
  { dependencies, pin, workflowAt }: Parts,
  found: FoundWorkflow,
  { to_version: toVersion, from_versions, node_map }: MigrateRunsRequest,
): Promise<Extract<ExecutionCommand, { type: 'MigrateRun' }>> => {
  const saved = await chosenVersion(workflowAt, found, { version: toVersion });
  const { definition, definitionHash, limits } = pin(saved);
  const { deadline } = deadlineFrom(saved.content, dependencies.clock());
  return {
    type: 'MigrateRun',
    data: {
      ...{ toVersion, definition, definitionHash, limits },
      deadlineAfterMs: deadline?.afterMs ?? null,
      nodes: Object.entries(node_map).map(([from, to]) => ({ from, to })),
      fromVersions: from_versions ?? null,
    },
  };
};

/** Runs that were named and are none of the workflow, in the words of the report. */
const strangersAmong = (
  { execution_ids = [] }: MigrateRunsRequest,
  runs: readonly OpenRun[],
): RunMigration[] => {
  const known = new Set<string>(runs.map(({ executionId }) => executionId));
  const message = 'The workflow has no such run';
  return [...new Set(execution_ids)]
    .filter((id) => !known.has(id))
    .map((execution_id) => ({
      ...{ execution_id, from_version: null, outcome: 'refused' },
      obstacles: [{ code: 'run.not_found', node_id: null, message }],
    }));
};

const migrate = (parts: Parts): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const asked = body(MigrateRunsRequest, request);
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const { workflowId } = found;
    const command = await orderFor(parts, found, asked);
    const workspaceId = found.workspaceId as typeof caller.workspaceId; // of the workflow's own metadata
    const cause = causeOf(dependencies, request, response, { ...caller, workspaceId });
    const most = asked.execution_ids?.length ?? asked.limit;
    const runs = await dependencies.openRuns({
      ...{ workspaceId, workflowId, toVersion: asked.to_version, after: asked.after },
      ...{ fromVersions: asked.from_versions, executionIds: asked.execution_ids },
      limit: most + 1,
    });
    const wanted = runs.slice(0, most);
    const migrations = await inLots(wanted, (open) =>
      migrateRun(dependencies, { open, command, cause, isDryRun: asked.dry_run }),
    );
    tellPosition(response, caller.sessionId, latestHead(migrations.map(({ head }) => head)));
    const more = runs.length > wanted.length;
    response.json({
      ...{ dry_run: asked.dry_run, workflow_id: workflowId, to_version: asked.to_version },
      runs: [...migrations.map(({ report }) => report), ...strangersAmong(asked, runs)],
      next: more ? (wanted.at(-1)?.executionId ?? null) : null,
    });
  };
};

/** Open runs that go on by another version of their workflow. */
export const migrationRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/workflows/:workflowId/migrations`, signedIn(authenticator, migrate(parts)));
};
