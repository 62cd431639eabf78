import {
  approvalId,
  type ApprovalView,
  type Assignee,
  type ExecutionId,
  isErased,
  type PendingApprovalView,
} from '@studio/contracts';
import { type Approval, approvalStatus, type Run } from '@studio/domain';
import type { Opener } from '@studio/infra';

import type { ApprovalRow } from './approvalRows.ts';
import { textOrNull } from './executionView.ts';
import { openColumns } from './sealedColumns.ts';

const assigneeView = (assignee: Assignee) =>
  assignee.kind === 'user' ? { user_id: assignee.userId } : { role: assignee.role };

const answerView = ({ by, decision, comment, seenHash }: Approval['answers'][number]) => ({
  ...{ user_id: by.userId, via: by.via, decision },
  ...{ comment: textOrNull(comment), seen_hash: seenHash },
});

/** An approval as its run's facts tell it. */
export const approvalView = (
  run: Run,
  approval: Approval,
  of: { readonly workspaceId: string; readonly requestedOn: string },
): ApprovalView => {
  const { requestedAt, payload, deadline } = approval;
  return {
    id: approvalId({ executionId: run.executionId, requestedAt }),
    execution_id: run.executionId,
    workspace_id: of.workspaceId,
    workflow_id: run.workflowId,
    node_id: approval.nodeId,
    instance_id: approval.instanceId,
    status: approvalStatus(run, approval),
    title: textOrNull(approval.title),
    message: textOrNull(approval.message),
    payload: isErased(payload) ? null : payload,
    seen_hash: approval.seenHash,
    editable: approval.editable,
    assignees: approval.assignees.map(assigneeView),
    quorum: approval.quorum,
    rejection_quorum: approval.rejections,
    answers: approval.answers.map(answerView),
    deadline: deadline?.dueAt ?? null,
    requested_at: of.requestedOn,
  };
};

/** What people are asked, as lists show it. */
export const pendingApprovalViews = async (
  opener: Opener,
  rows: readonly ApprovalRow[],
): Promise<PendingApprovalView[]> => {
  const opened = await openColumns(
    opener,
    rows.flatMap(({ execution_id, title, message, payload }) =>
      [title, message, payload].map((column) => [execution_id, column] as const),
    ),
  );
  return rows.map((row) => ({
    id: approvalId({
      executionId: row.execution_id as ExecutionId, // the key of the row
      requestedAt: row.requested_at,
    }),
    ...{ execution_id: row.execution_id, workspace_id: row.workspace_id },
    ...{ node_id: row.node_id, instance_id: row.instance_id },
    ...{ title: textOrNull(opened(row.title)), message: textOrNull(opened(row.message)) },
    ...{ payload: opened(row.payload), seen_hash: row.seen_hash, editable: row.editable },
    ...{ quorum: row.quorum, rejection_quorum: row.rejections },
    ...{ deadline: row.due_at, requested_at: row.created_at },
  }));
};
