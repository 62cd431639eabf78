import {
  type ApprovalConfig,
  Assignee,
  type ExecutionCommand,
  type NodeKind,
  type People,
  plusMs,
} from '@studio/contracts';
import { inputOf, type PlannedEffect, type Run } from '@studio/domain';
import { seenHash } from '@studio/infra';

import { asRecorded } from './scope.ts';
import type { Workbench } from './workbench.ts';

interface Asking {
  readonly run: Run;
  readonly begin: Extract<PlannedEffect, { type: 'begin' }>;
  readonly config: ApprovalConfig;
  /** The database's time as an Instant. */
  readonly now: string;
}

export const isApproval = ({ kind }: NodeKind): boolean => kind === 'approval';

const isUserId = /^[0-9a-fA-F-]{36}$/;

/** A person by id or e-mail, or `role:editor` for all who have that role. */
const assigneeOf = async (people: People, text: string): Promise<Assignee> => {
  if (text.startsWith('role:')) {
    const role = text.slice('role:'.length);
    return Assignee.parse({ kind: 'role', role: role === 'admin' ? 'administrator' : role });
  }
  const id = text.toLowerCase();
  return { kind: 'user', userId: isUserId.test(text) ? id : await people.accountOf(id) };
};

const assigneesOf = (people: People, texts: readonly string[]): Promise<Assignee[]> =>
  Promise.all(texts.map((text) => assigneeOf(people, text)));

const deadlineOf = async (people: People, config: ApprovalConfig, now: string) => {
  const { deadlineMs, onDeadline, escalateTo, escalationMs } = config;
  if (deadlineMs === undefined) return null;
  return {
    ...{ dueAt: plusMs(now, deadlineMs), then: onDeadline },
    escalateTo: await assigneesOf(people, escalateTo),
    escalationMs: escalationMs ?? deadlineMs,
  };
};

/** The order by which a node asks people. */
export const requestApproval = async (
  { people }: Workbench,
  { run, begin, config, now }: Asking,
): Promise<ExecutionCommand> => {
  const { instanceId, node } = begin;
  const { title = node.name, message = null, quorum, rejections, editable } = config;
  const payload = asRecorded('payload' in config ? config.payload : inputOf(run, instanceId));
  return {
    type: 'RequestApproval',
    data: {
      ...{ instanceId, title, message, payload, quorum, rejections, editable },
      seenHash: seenHash({ title, message, payload }),
      assignees: await assigneesOf(people, config.assignees),
      deadline: await deadlineOf(people, config, now),
    },
  };
};
