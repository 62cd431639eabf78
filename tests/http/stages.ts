import { exampleIds, exampleSecrets } from '@studio/contracts';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import type { CountingServer } from '../fixtures/countingServer.ts';
import { newestCode, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { until } from './until.ts';

/** What is there before anything is asked: a workflow with an agent and a run that has ended. */
export interface World {
  readonly studio: StudioProcess;
  readonly server: CountingServer;
  readonly owner: Person;
  readonly workspaceId: string;
  readonly workflowId: string;
  readonly agentId: string;
  readonly executionId: string;
  readonly nodeExecutionId: string;
}

/** What an operation needs beside the world. */
export interface Stage {
  /** By the names of `exampleIds` and `exampleSecrets`. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Another session of the owner's, for what ends it. */
  readonly token?: string;
}

const email = 'ada@example.org';
const greeting = chain(
  canvasNode('begin', 'manual-trigger'),
  canvasNode('greet', 'transform', { expression: '"Hello, " & trigger.name' }),
);

const addAgent = async (owner: Person, workflowId: string): Promise<string> => {
  const agent = { name: 'Summariser', type: 'agent', node_id: 'greet' };
  const { body } = await owner.call('POST', `/agents?workflow_id=${workflowId}`, agent);
  return String(body.id);
};

export const createWorld = async (studio: StudioProcess, server: CountingServer) => {
  const owner = await signIn(studio, email);
  const workflowId = await save(owner, greeting);
  const agentId = await addAgent(owner, workflowId);
  const executionId = await start(owner, workflowId, { name: 'Ada' });
  const run = await ended(owner, executionId);
  server.behave('/cut', { cut: true });
  const nodeExecutionId = String(run.node_executions[0].id);
  const workspaceId = String(run.workspace_id);
  return { studio, server, owner, workspaceId, workflowId, agentId, executionId, nodeExecutionId };
};

const runOf = async ({ owner }: World, kind: string, config: object): Promise<string> =>
  start(owner, await save(owner, chain(canvasNode('greet', kind, config))));

const inDoubt = async (world: World): Promise<string> => {
  const id = await runOf(world, 'http-request', { method: 'POST', url: `${world.server.url}/cut` });
  await until(async () => {
    const { body } = await world.owner.call('GET', `/executions/${id}/nodes`);
    return body[0]?.status === 'in_doubt';
  });
  return id;
};

const failed = async (world: World): Promise<string> => {
  const id = await runOf(world, 'transform', { expression: '$error("no")' });
  await ended(world.owner, id);
  return id;
};

const paused = async (world: World): Promise<string> => {
  const id = await runOf(world, 'delay', { durationMs: 3_600_000 });
  await world.owner.call('POST', `/executions/${id}/pause`);
  return id;
};

const asked = async ({ owner }: World): Promise<Stage> => {
  const graph = chain(canvasNode('draft', 'noop'), canvasNode('ask', 'approval', {}));
  const id = await start(owner, await save(owner, graph));
  await until(async () => {
    const { body } = await owner.call('GET', `/executions/${id}`);
    return body.waiting_reason === 'approval';
  });
  const { body } = await owner.call('GET', `/executions/${id}/events`);
  const [request] = body.items.filter(({ type }: { type: string }) => type === 'ApprovalRequested');
  const approval = `${id}.${request.revision}`;
  const { body: shown } = await owner.call('GET', `/approvals/${approval}`);
  const approvalLinkToken = String(shown.links.approve).split('/').at(-1) ?? '';
  return { meanings: { execution: id, approval, approvalLinkToken } };
};

const awaiting = async (world: World): Promise<Stage> => {
  const { owner } = world;
  const id = await runOf(world, 'wait-for-event', { signal: 'paid', callback: true });
  let callbackToken = '';
  await until(async () => {
    const { body } = await owner.call('GET', `/executions/${id}/nodes`);
    callbackToken =
      String(body[0]?.callback_path ?? '')
        .split('/')
        .at(-1) ?? '';
    return callbackToken !== '';
  });
  return { meanings: { execution: id, callbackToken } };
};

const over = async ({ owner, workflowId }: World): Promise<string> => {
  const id = await start(owner, workflowId, { name: 'Ada' });
  await ended(owner, id);
  return id;
};

const webhook = async ({ owner }: World, method: 'GET' | 'POST') => {
  const workflow = await save(owner, chain(canvasNode('begin', 'webhook-trigger', { method })));
  await owner.call('PATCH', `/workflows/${workflow}/status`, { status: 'published' });
  const { body } = await owner.call('POST', `/workflows/${workflow}/webhook`, {
    signature: 'none',
  });
  const webhookToken = String(body.path).split('/').at(-1) ?? '';
  return { meanings: { workflow, webhookToken } };
};

const fileTrigger = async ({ owner }: World): Promise<Stage> => {
  const workflow = await save(owner, chain(canvasNode('begin', 'file-trigger')));
  await owner.call('PATCH', `/workflows/${workflow}/status`, { status: 'published' });
  return { meanings: { workflow } };
};

const aliased = async ({ owner }: World): Promise<Stage> => {
  const workflow = await save(owner, greeting);
  await owner.call('PUT', `/workflows/${workflow}/aliases/stable`, { version: 1 });
  return { meanings: { workflow } };
};

const execution = async (id: Promise<string>): Promise<Stage> => ({
  meanings: { execution: await id },
});

const code = async ({ owner, studio }: World): Promise<Stage> => {
  await owner.call('POST', '/auth/request-otp', { email });
  return { meanings: { code: await newestCode(studio.dataDir) } };
};

const freshTokens = async (world: World): Promise<Stage> => {
  const { meanings } = await code(world);
  const { body } = await world.owner.call('POST', '/auth/verify-otp', { email, ...meanings });
  return {
    meanings: { refreshToken: String(body.refresh_token) },
    token: String(body.access_token),
  };
};

const someEvent = async ({ owner, executionId }: World): Promise<Stage> => {
  const { body } = await owner.call('GET', `/executions/${executionId}/events?from=1&limit=1`);
  return { meanings: { event: String(body.items[0].eventId) } };
};

/** What halts is somebody else's: the other operations go on. */
const ownWorkspace = async ({ studio }: World): Promise<Stage> => {
  const somebody = await signIn(studio, 'hal@example.org');
  const { body } = await somebody.call('GET', '/auth/me');
  return { meanings: { workspace: String(body.workspace_id) }, token: somebody.token };
};

const ownWorkflow = async ({ owner }: World): Promise<Stage> => ({
  meanings: { workflow: await save(owner, greeting) },
});

/** An open run that goes by the first of two versions. */
const waitingByOldVersion = async ({ owner }: World): Promise<Stage> => {
  const graph = chain(canvasNode('wait', 'wait-for-event', { signal: 'go' }));
  const workflow = await save(owner, graph);
  await start(owner, workflow);
  const { nodes } = chain(...graph.nodes, canvasNode('greet', 'transform', { expression: '1' }));
  await owner.call('PUT', `/workflows/${workflow}`, { nodes, connections: [] });
  return { meanings: { workflow } };
};

/** Of each operation that the world alone does not satisfy. */
const stages: Readonly<Record<string, (world: World) => Promise<Stage>>> = {
  signIn: code,
  refreshSession: freshTokens,
  signOut: freshTokens,
  migrateRuns: waitingByOldVersion,
  deleteWorkflow: ownWorkflow,
  haltWorkflow: ownWorkflow,
  getWorkspaceHalt: ownWorkspace,
  haltWorkspace: ownWorkspace,
  releaseWorkspace: ownWorkspace,
  removeAgent: async ({ owner, workflowId }) => ({
    meanings: { agent: await addAgent(owner, workflowId) },
  }),
  cancelExecution: (world) => execution(runOf(world, 'delay', { durationMs: 3_600_000 })),
  pauseExecution: (world) => execution(runOf(world, 'delay', { durationMs: 3_600_000 })),
  resumeExecution: (world) => execution(paused(world)),
  rewindExecution: (world) => execution(failed(world)),
  rerunExecution: (world) => execution(over(world)),
  retryExecution: (world) => execution(failed(world)),
  resolveNode: (world) => execution(inDoubt(world)),
  skipNode: (world) => execution(inDoubt(world)),
  sendSignal: awaiting,
  answerCallback: awaiting,
  getApproval: asked,
  approve: asked,
  reject: asked,
  sendBack: asked,
  getApprovalLink: asked,
  answerByLink: asked,
  forgetExecution: (world) => execution(over(world)),
  removeAlias: aliased,
  getWebhook: (world) => webhook(world, 'POST'),
  disableWebhook: (world) => webhook(world, 'POST'),
  deliver: (world) => webhook(world, 'POST'),
  uploadFile: fileTrigger,
  getCausality: someEvent,
  deliverByGet: (world) => webhook(world, 'GET'),
};

export interface Staged {
  /** What the texts of the examples stand for. */
  readonly meanings: ReadonlyMap<string, string>;
  readonly token: string;
}

/** Makes what an operation's example is about. */
export const stageFor = async (world: World, operationId: string): Promise<Staged> => {
  const { meanings = {}, token = world.owner.token } = (await stages[operationId]?.(world)) ?? {};
  const { workspaceId: workspace, workflowId: workflow, agentId: agent } = world;
  const { executionId: execution, nodeExecutionId: nodeExecution } = world;
  const known = { workspace, workflow, agent, execution, nodeExecution };
  const names = { ...exampleIds, ...exampleSecrets };
  const stood = Object.entries({ ...known, ...meanings }).map(([name, meaning]) => {
    const example: unknown = Reflect.get(names, name);
    return [String(example), meaning] as const;
  });
  return { meanings: new Map(stood), token };
};
