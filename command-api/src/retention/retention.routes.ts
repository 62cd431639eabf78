import { ChangeRetentionRequest, type RetentionView } from '@studio/contracts';
import { handle, runDaysIn, type Workspace, workspace } from '@studio/domain';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { workspaceFor, type WorkspaceParts } from '../workspaceFor.ts';

interface Parts extends WorkspaceParts {
  readonly dependencies: CommandApiDependencies;
}

const viewOf = (workspaceId: string, state: Workspace): RetentionView => ({
  ...{ workspace_id: workspaceId, run_days: runDaysIn(state) },
});

const show =
  (parts: Parts): CallerHandler =>
  async (request, response, caller) => {
    const { workspaceId, known } = await workspaceFor(parts, request, caller, 'view_workflows');
    response.json(viewOf(workspaceId, known.state));
  };

const change = (parts: Parts): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const { workspaceId, stream, known } = await workspaceFor(
      parts,
      request,
      caller,
      'change_settings',
    );
    const { run_days: runDays } = body(ChangeRetentionRequest, request);
    const { state, head } = await handle(dependencies, workspace, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: { type: 'ChangeRetention', data: { workspaceId, runDays } },
    });
    tellPosition(response, caller.sessionId, head);
    response.json(viewOf(workspaceId, state));
  };
};

/** How long a workspace keeps what its runs hold. */
export const retentionRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/workspaces/:workspaceId/retention`;
  app.get(at, signedIn(authenticator, show(parts)));
  app.put(at, signedIn(authenticator, change(parts)));
};
