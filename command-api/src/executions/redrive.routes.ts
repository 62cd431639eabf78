import { namesOfRun, RedriveRequest, type RedriveResult, StudioError } from '@studio/contracts';
import { type Caller, type FailedRun, nameHash } from '@studio/infra';
import type { Express } from 'express';

import type { Access } from '../access.ts';
import { createTellPosition } from '../answers.ts';
import { type Claimed, claimOf } from '../idempotency.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { inLots, latestHead } from './manyRuns.ts';
import { type Redrive, type RedriveParts, redriveRun } from './redrive.ts';

type Parts = RedriveParts & { readonly access: Access };

const route = 'POST /executions/redrive';

const workspaceNotFound = (): StudioError =>
  new StudioError('not_found', 'workspace.not_found', 'Workspace not found');

const failedRunsOf = (
  { dependencies: { failedRuns, auth } }: Parts,
  { workspaceId }: Caller,
  asked: RedriveRequest,
) => {
  const { business_key, tags, labels, workflow_id: workflowId, code, from, to, limit } = asked;
  const names = namesOfRun({ businessKey: business_key ?? null, tags, labels });
  return failedRuns({
    ...{ workspaceId, workflowId, code, from, to, limit: limit + 1 },
    nameHashes: names.map((name) => nameHash(auth.nameHmac, workspaceId, name)),
  });
};

/** One for each failure of the run; under an Idempotency-Key one for this very request. */
const redriveIdOf = (
  { dependencies: { deterministicId } }: Parts,
  claimed: Claimed | null,
  { executionId, retries }: FailedRun,
): string =>
  deterministicId(
    claimed
      ? ['redrive', claimed.id, claimed.requestHash, executionId]
      : ['redrive', executionId, String(retries + 1)],
  );

const resultOf = (redrives: readonly Redrive[]): Pick<RedriveResult, 'redriven' | 'skipped'> => ({
  redriven: redrives.flatMap((each) => ('redriven' in each ? [each.redriven] : [])),
  skipped: redrives.flatMap((each) => ('skipped' in each ? [each.skipped] : [])),
});

const redrive = (parts: Parts): CallerHandler => {
  const { dependencies, access } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const asked = body(RedriveRequest, request);
    await access(caller, caller.workspaceId, 'execute_workflows', workspaceNotFound);
    const claimed = claimOf(dependencies, request, caller, route);
    const cause = causeOf(dependencies, request, response, caller);
    const found = await failedRunsOf(parts, caller, asked);
    const wanted = found.slice(0, asked.limit);
    const redrives = await inLots(wanted, (failed) => {
      const redriveId = redriveIdOf(parts, claimed, failed);
      return redriveRun(parts, { failed, redriveId, cause, isDryRun: asked.dry_run });
    });
    const heads = redrives.map((each) => ('head' in each ? each.head : null));
    tellPosition(response, caller.sessionId, latestHead(heads));
    const more = found.length > wanted.length;
    response.json({ dry_run: asked.dry_run, ...resultOf(redrives), more });
  };
};

/** Many failed runs at once. */
export const redriveRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/executions/redrive`, signedIn(authenticator, redrive(parts)));
};
