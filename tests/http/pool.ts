import { randomUUID } from 'node:crypto';

import { exampleIds } from '@studio/contracts';

import type { Told } from './asking.ts';
import { type Made, somePosition } from './requests.ts';
import type { Staged, World } from './stages.ts';

type Kind = 'workflow' | 'agent' | 'execution';

/** Things that exist, to be asked about; what is made by the way joins them. */
export interface Pool {
  /** What an operation's example stood for goes on to count for that operation. */
  learn(operationId: string, staged: Staged): void;
  /** Remembers what an answer made, and forgets what it removed. */
  keep(operationId: string, path: string, told: Told): void;
  /** The request about existing things, and whose it is. */
  fill(operationId: string, made: Made): { readonly filled: Made; readonly token: string };
}

const makers: Readonly<Record<string, Kind>> = {
  ...{ createWorkflow: 'workflow', duplicateWorkflow: 'workflow', addAgent: 'agent' },
  ...{ startExecution: 'execution', startWorkflowExecution: 'execution' },
};
const removers: Readonly<Record<string, Kind>> = {
  deleteWorkflow: 'workflow',
  removeAgent: 'agent',
};

const mostOfAKind = 20;

export const createPool = (world: World): Pool => {
  const firsts = {
    ...{ workflow: world.workflowId, agent: world.agentId, execution: world.executionId },
  };
  const made = new Map<Kind, readonly string[]>();
  const learnt = new Map<string, Staged>();
  let position = somePosition;
  let turn = 0;

  /** The world's own is never removed, so that there is always one that works. */
  const next = (kind: Kind, operationId: string): string => {
    const others = made.get(kind) ?? [];
    const known = removers[operationId] === kind ? others : [firsts[kind], ...others];
    turn += 1;
    return known[turn % known.length] ?? randomUUID();
  };

  const meanings = (operationId: string): ReadonlyMap<string, string> =>
    new Map<string, string>([
      [exampleIds.workflow, next('workflow', operationId)],
      [exampleIds.agent, next('agent', operationId)],
      [exampleIds.approval, `${next('execution', operationId)}.2`],
      [exampleIds.execution, next('execution', operationId)],
      [exampleIds.nodeExecution, world.nodeExecutionId],
      [exampleIds.workspace, world.workspaceId],
      [somePosition, position],
    ]);

  const fillText = (text: string, meant: ReadonlyMap<string, string>): string =>
    [...meant].reduce((result, [example, meaning]) => result.replaceAll(example, meaning), text);

  const staysAsLearnt = [
    ...['deliver', 'deliverByGet', 'signOut', 'getWebhook', 'getCausality', 'uploadFile'],
    ...['haltWorkflow', 'haltWorkspace', 'releaseWorkspace', 'getWorkspaceHalt'],
  ];

  return {
    learn: (operationId, staged) => {
      if (staysAsLearnt.includes(operationId)) learnt.set(operationId, staged);
    },
    keep: (operationId, path, { body, headers }) => {
      position = headers.get('studio-position') ?? position;
      const gone = removers[operationId];
      if (gone)
        made.set(
          gone,
          (made.get(gone) ?? []).filter((id) => !path.includes(id)),
        );
      const kind = makers[operationId];
      const id = (body as { id?: unknown } | null)?.id; // what was made has one
      if (kind && typeof id === 'string')
        made.set(kind, [...(made.get(kind) ?? []), id].slice(-mostOfAKind));
    },
    fill: (operationId, request) => {
      const staged = learnt.get(operationId);
      const meant = new Map([...(staged?.meanings ?? []), ...meanings(operationId)]);
      const headers = Object.entries(request.headers).map(([name, value]) => [
        name,
        fillText(value, meant),
      ]);
      const filled = {
        ...{ ...request, path: fillText(request.path, meant) },
        headers: Object.fromEntries(headers) as Record<string, string>, // as they were
        ...(request.body === undefined ? {} : { body: fillText(request.body, meant) }),
      };
      return { filled, token: staged?.token ?? world.owner.token };
    },
  };
};
