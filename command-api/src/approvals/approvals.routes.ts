import {
  type ApprovalDecision,
  approvalId,
  ApprovalPath,
  type ApprovalPlace,
  ApproveRequest,
  executionStream,
  RejectRequest,
  SendBackRequest,
  StudioError,
} from '@studio/contracts';
import { type Approval, approvalStatus, load, type Run, run, votesFor } from '@studio/domain';
import { parse, seenHash } from '@studio/infra';
import type { Express } from 'express';

import type { RoleIn } from '../access.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import { order } from '../executions/order.ts';
import { body, type CallerHandler, signedIn } from '../requests.ts';

interface Parts {
  readonly dependencies: CommandApiDependencies;
  readonly roleIn: RoleIn;
}

export const approvalNotFound = (): StudioError =>
  new StudioError('not_found', 'approval.not_found', 'Approval not found');

export const actionResult = (state: Run, approval: Approval, place: ApprovalPlace) => ({
  ...{ success: true, message: 'Answer recorded', approval_id: approvalId(place) },
  ...{ execution_id: place.executionId, status: approvalStatus(state, approval) },
  ...{ approvals: votesFor(approval, 'approve'), quorum: approval.quorum },
  ...{ rejections: votesFor(approval, 'reject'), rejection_quorum: approval.rejections },
});

type Answered = NonNullable<ReturnType<typeof ApproveRequest.parse>>;

/** What the person changed, with the hash of what is shown then. */
const editedBy = ({ title, message }: Approval, asked: Answered) => {
  if (!('payload' in asked)) return null;
  const { payload } = asked;
  return { payload, seenHash: seenHash({ title, message, payload }) };
};

/** Errors: `approval.not_found`. */
const approvalAt = async ({ dependencies }: Parts, place: ApprovalPlace) => {
  const stream = executionStream(place.executionId);
  const known = await load(dependencies.log, run, stream);
  const approval = known.state.approvals.get(place.requestedAt);
  const workspaceId = known.opened?.workspaceId;
  if (!approval || workspaceId === undefined) throw approvalNotFound();
  return { approval, found: { stream, known, workspaceId } };
};

/** Answers an approval; what a person says stands, whoever comes later. */
const answer = (parts: Parts, decision: ApprovalDecision): CallerHandler => {
  const { dependencies, roleIn } = parts;
  const give = order(dependencies);
  const schema = decision === 'approve' ? ApproveRequest : RejectRequest;
  return async (request, response, caller) => {
    const { approvalId: place } = parse(ApprovalPath, request.params, 'path');
    const asked: Answered = body(schema, request) ?? {};
    const { approval, found } = await approvalAt(parts, place);
    const state = await give(
      { request, response, caller, found },
      {
        type: 'AnswerApproval',
        data: {
          ...{ requestedAt: place.requestedAt, decision },
          by: { userId: caller.userId, via: 'session' },
          role: await roleIn(caller.userId, found.workspaceId),
          comment: asked.comment ?? null,
          edited: editedBy(approval, asked),
          seenHash: asked.seen_hash ?? null,
        },
      },
    );
    const answered = state.approvals.get(place.requestedAt) ?? approval;
    response.json(actionResult(state, answered, place));
  };
};

/** Has the run go back: an answer too, by whoever was asked. */
const sendBack = (parts: Parts): CallerHandler => {
  const { dependencies, roleIn } = parts;
  const give = order(dependencies);
  return async (request, response, caller) => {
    const { approvalId: place } = parse(ApprovalPath, request.params, 'path');
    const asked = body(SendBackRequest, request);
    const { approval, found } = await approvalAt(parts, place);
    const state = await give(
      { request, response, caller, found },
      {
        type: 'SendApprovalBack',
        data: {
          ...{ requestedAt: place.requestedAt, nodeId: asked.node_id },
          by: { userId: caller.userId, via: 'session' },
          role: await roleIn(caller.userId, found.workspaceId),
          ...{ comment: asked.comment ?? null, seenHash: asked.seen_hash ?? null },
          now: dependencies.clock(),
        },
      },
    );
    const answered = state.approvals.get(place.requestedAt) ?? approval;
    response.json(actionResult(state, answered, place));
  };
};

export const approvalRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/approvals/:approvalId`;
  app.post(`${at}/approve`, signedIn(authenticator, answer(parts, 'approve')));
  app.post(`${at}/reject`, signedIn(authenticator, answer(parts, 'reject')));
  app.post(`${at}/send-back`, signedIn(authenticator, sendBack(parts)));
};
