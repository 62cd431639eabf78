import { setTimeout as sleep } from 'node:timers/promises';

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

const accepted = (answer: Answer, status: number): Answer => {
  if (answer.status === status) return answer;
  throw new Error(`${answer.status}, not ${status}: ${JSON.stringify(answer.body)}`);
};

/** Saves a workflow and returns its id. */
export const save = async (person: Person, workflow: object): Promise<string> => {
  const answer = await person.call('POST', '/workflows', { name: 'Workflow', ...workflow });
  return String(accepted(answer, 201).body.id);
};

/** Starts a run and returns its id. */
export const start = async (
  person: Person,
  workflowId: string,
  trigger: unknown = {},
): Promise<string> => {
  const asked = { workflow_id: workflowId, trigger_data: trigger };
  return String(accepted(await person.call('POST', '/executions', asked), 202).body.id);
};

const endings = ['completed', 'failed', 'cancelled'];

/** The run as `GET /executions/{id}` shows it once it has ended. */
export const ended = async (person: Person, id: string): Promise<Answer['body']> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const { body } = accepted(await person.call('GET', `/executions/${id}`), 200);
    if (endings.includes(String(body.status))) return body;
    if (performance.now() > deadline) throw new Error(`never ends: ${JSON.stringify(body)}`);
    await sleep(50);
  }
};
