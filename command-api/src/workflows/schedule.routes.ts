import { ChangeScheduleRequest, type Occurrences, type ScheduleView } from '@studio/contracts';
import { handle, isSaved, type SavedWorkflow, type Schedule, workflow } from '@studio/domain';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { workflowFor, type WorkflowParts } from './savedWorkflow.ts';
import { schedulesOf } from './schedulesOf.ts';

const mostShown = 5;

const nextOf = (occurrences: Occurrences, schedule: Schedule, now: string): string[] => {
  const next: string[] = [];
  for (let last: string | null = now; next.length < mostShown && last !== null;) {
    last = occurrences.next(schedule, last, schedule.setAt);
    if (last !== null) next.push(last);
  }
  return next;
};

const skippedView = ({ lastSkipped }: Schedule) =>
  lastSkipped && {
    ...{ first_due_at: lastSkipped.firstDueAt, last_due_at: lastSkipped.lastDueAt },
    ...{ count: lastSkipped.count, reason: lastSkipped.reason, code: lastSkipped.code ?? null },
  };

const viewOf = (saved: SavedWorkflow, occurrences: Occurrences, now: string): ScheduleView => ({
  ...{ workflow_id: saved.workflowId, enabled: saved.schedulesEnabled },
  published_version: saved.published?.version ?? null,
  schedules: [...saved.schedules.values()].map((schedule) => ({
    ...{ node_id: schedule.nodeId, cron: schedule.cron, every_ms: schedule.everyMs },
    ...{ timezone: schedule.timezone, catch_up: schedule.catchUp, overlap: schedule.overlap },
    ...{ set_by: schedule.setBy, set_at: schedule.setAt },
    next: nextOf(occurrences, schedule, now),
    last_skipped: skippedView(schedule),
  })),
});

const show = (parts: WorkflowParts): CallerHandler => {
  const { occurrences, clock } = parts.dependencies;
  return async (request, response, caller) => {
    const { saved } = await workflowFor(parts, request, caller, 'view_workflows');
    response.json(viewOf(saved, occurrences, clock()));
  };
};

const change = (parts: WorkflowParts): CallerHandler => {
  const { dependencies, lookUp } = parts;
  const { occurrences, clock } = dependencies;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const { enabled } = body(ChangeScheduleRequest, request);
    const { workflowId, stream, known, saved, workspaceId } = found;
    const now = clock();
    const wanted =
      enabled && saved.published ? schedulesOf(dependencies, saved.published, { lookUp, now }) : [];
    const { head, state } = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: {
        type: 'EnableSchedules',
        data: { enabled, workflowId, by: caller.userId, now, wanted },
      },
    });
    tellPosition(response, caller.sessionId, head);
    response.json(viewOf(isSaved(state) ? state : saved, occurrences, now));
  };
};

/** When a workflow starts by itself, and whether it does. */
export const scheduleRoutes = (app: Express, prefix: string, parts: WorkflowParts): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/workflows/:workflowId/schedule`;
  app.get(at, signedIn(authenticator, show(parts)));
  app.put(at, signedIn(authenticator, change(parts)));
};
