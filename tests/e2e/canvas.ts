import { setTimeout as sleep } from 'node:timers/promises';

import { dataOf, type Shape } from '@studio/contracts/client';

import type { Answer, Person } from '../fixtures/studio.ts';

/** A node as the canvas saves it. */
export const canvasNode = (id: string, kind: string, config: object = {}) => ({
  ...{ id, type: 'action', title: id, position: { x: 0, y: 0 } },
  data: { kind, config },
});
export type SavedNode = ReturnType<typeof canvasNode>;

export const edge = (source: string, target: string, sourceHandle?: string) => ({
  ...{ source, target },
  ...(sourceHandle === undefined ? {} : { sourceHandle }),
});

/** a → b → c … */
export const chain = (...nodes: readonly SavedNode[]) => ({
  nodes,
  connections: nodes.slice(1).map(({ id }, index) => edge(nodes[index]?.id ?? '', id)),
});

/** Saves a workflow and returns its id. */
export const save = async (person: Person, workflow: object): Promise<string> => {
  const body: Shape<'CreateWorkflowRequest'> = { name: 'Workflow', ...workflow };
  return (await dataOf(person.client.POST('/api/v1/workflows', { body }))).id;
};

/** Starts a run and returns its id. */
export const start = async (
  person: Person,
  workflowId: string,
  trigger: object = {},
): Promise<string> => {
  const body = { workflow_id: workflowId, trigger_data: { ...trigger } };
  return (await dataOf(person.client.POST('/api/v1/executions', { body }))).id;
};

const endings = ['completed', 'failed', 'cancelled'];

/** The run as `GET /executions/{id}` shows it once it has ended. */
export const ended = async (person: Person, id: string): Promise<Answer['body']> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const path = { execution_id: id };
    const run = await dataOf(
      person.client.GET('/api/v1/executions/{execution_id}', { params: { path } }),
    );
    if (endings.includes(run.status)) return run;
    if (performance.now() > deadline) throw new Error(`never ends: ${JSON.stringify(run)}`);
    await sleep(50);
  }
};
