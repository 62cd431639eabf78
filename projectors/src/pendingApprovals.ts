import type { Assignee, RecordedEvent } from '@studio/contracts';
import {
  insert,
  patch,
  patchAll,
  pendingApprovalsTable,
  remove,
  type RowChange,
} from '@studio/infra';

import { executionIdOf } from './nodeRows.ts';
import { projection } from './projection.ts';
import { sealedColumn } from './sealedColumn.ts';

type RunFact = Pick<RecordedEvent, 'stream'>;
type Asked = RunFact & { readonly data: { readonly requestedAt: number } };

const keyOf = (event: Asked) => ({
  execution_id: executionIdOf(event),
  requested_at: event.data.requestedAt,
});

/** JSON text of what queries look for: `user:<id>`, or `<workspace id>:<role>`. */
const assigneeKeys = (assignees: readonly Assignee[], workspaceId: string): string =>
  JSON.stringify(
    assignees.map((assignee) =>
      assignee.kind === 'user' ? `user:${assignee.userId}` : `${workspaceId}:${assignee.role}`,
    ),
  );

/** What a run asked of people comes and goes with it: one that failed may be retried. */
const stands = (event: RunFact, isOpen: boolean): RowChange =>
  patchAll(pendingApprovalsTable, { execution_id: executionIdOf(event) }, { is_open: isOpen });

const settled = (event: Asked): RowChange[] => [remove(pendingApprovalsTable, keyOf(event))];

/** Answers: what do runs ask of which people, and until when? One row per approval that nobody has decided. */
export const pendingApprovals = projection({
  name: 'pending_approvals',
  version: 2,
  tables: [pendingApprovalsTable],
  on: {
    ApprovalRequested: (event) => [
      insert(pendingApprovalsTable, {
        execution_id: executionIdOf(event),
        requested_at: event.revision,
        workspace_id: event.metadata.workspaceId,
        node_id: event.data.nodeId,
        instance_id: event.data.instanceId,
        title: sealedColumn(event, 'title'),
        message: sealedColumn(event, 'message'),
        payload: sealedColumn(event, 'payload'),
        seen_hash: event.data.seenHash,
        assignees: assigneeKeys(event.data.assignees, event.metadata.workspaceId),
        escalated_to: '[]',
        quorum: event.data.quorum,
        rejections: event.data.rejections,
        editable: event.data.editable,
        due_at: event.data.deadline?.dueAt ?? null,
        is_open: true,
        created_at: event.metadata.occurredAt,
      }),
    ],
    ApprovalEscalated: (event) => [
      patch(pendingApprovalsTable, {
        ...keyOf(event),
        escalated_to: assigneeKeys(event.data.assignees, event.metadata.workspaceId),
        due_at: event.data.dueAt,
      }),
    ],
    ApprovalVoted: (event) => [
      patch(pendingApprovalsTable, {
        ...keyOf(event),
        seen_hash: event.data.seenHash,
        ...(event.data.edited === undefined ? {} : { payload: sealedColumn(event, 'edited') }),
      }),
    ],
    ApprovalGranted: settled,
    ApprovalRejected: settled,
    ApprovalSentBack: settled,
    ApprovalExpired: settled,
    WorkflowCancellationRequested: (event) => [stands(event, false)],
    WorkflowDeadlineExceeded: (event) => [stands(event, false)],
    WorkflowCompleted: (event) => [stands(event, false)],
    WorkflowFailed: (event) => [stands(event, false)],
    WorkflowCancelled: (event) => [stands(event, false)],
    WorkflowRetried: (event) => [stands(event, true)],
    WorkflowRewound: (event) =>
      event.data.withdrawn.map((requested_at) =>
        remove(pendingApprovalsTable, { execution_id: executionIdOf(event), requested_at }),
      ),
    DataErased: (event) => [
      patchAll(
        pendingApprovalsTable,
        { execution_id: executionIdOf(event) },
        { is_open: false, title: null, message: null, payload: null },
      ),
    ],
  },
});
