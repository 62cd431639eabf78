import { type AgentTestView, type ExecutionId, TestAgentRequest } from '@studio/contracts';
import type { Agent, Run, SavedWorkflow } from '@studio/domain';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import { runEnd } from '../executions/runEnd.ts';
import { type Asked, recordStart, type Started, type StartParts } from '../executions/startRun.ts';
import { whileAwaited } from '../executions/whileAwaited.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';
import { body, type CallerHandler, causeOf, pathId, signedIn } from '../requests.ts';
import type { WorkflowParts } from '../workflows/savedWorkflow.ts';
import { agentNotFound, workflowOfAgent } from './workflowOfAgent.ts';

/** As long as a model may take for one answer. */
const patienceMs = 120_000;

/** A workflow of the agent alone: it is asked once, and what it is given is its prompt. */
const testOf = (saved: SavedWorkflow, agent: Agent): SavedWorkflow => {
  const { nodeId, name } = agent.content;
  const data = { kind: 'claude-agent', retry: { maxRetries: 0, delaysMs: [0] } };
  const node = { id: nodeId, type: 'agent', title: name, position: { x: 0, y: 0 }, data };
  const content = { ...saved.content, name: `Test of ${name}`, nodes: [node], connections: [] };
  return { ...saved, content, agents: [agent] };
};

const answerOf = (run: Run | null): Pick<AgentTestView, 'success' | 'output' | 'error'> => {
  if (run?.status === 'completed') return { success: true, output: run.output };
  if (run?.failure) return { success: false, error: run.failure.error.message };
  return { success: false, error: run ? 'The test was cancelled' : 'No answer yet' };
};

export type AgentTestParts = WorkflowParts & Pick<StartParts, 'pin'>;

/** A run like any other: recorded, counted, and there to be looked at. */
const test = (parts: AgentTestParts): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);

  const start: (...given: Parameters<CallerHandler>) => Promise<Started> = async (
    request,
    response,
    caller,
  ) => {
    const agentId = pathId(request, 'agentId');
    const { workflowId, workspaceId, saved } = await workflowOfAgent(parts, agentId, caller);
    const agent = saved.agents.find((one) => one.agentId === agentId);
    if (!agent) throw agentNotFound();
    await refuseWhileHalted(parts.folds, workflowId, workspaceId);
    const { input_data: trigger, context } = body(TestAgentRequest, request);
    const asked: Asked = {
      ...{ workflowId, triggerType: 'manual', trigger, context, priority: 0, maxRetries: 0 },
    };
    const executionId = dependencies.newId() as ExecutionId; // here execution ids come to be
    const cause = causeOf(dependencies, request, response, { ...caller, workspaceId });
    const opening = { executionId, saved: testOf(saved, agent), userId: caller.userId, cause };
    const started = await recordStart(parts, opening, asked);
    if (!started) throw new Error('a fresh id met a run'); // no two ids are the same
    return started;
  };

  return async (request, response, caller) => {
    const fromMs = performance.now();
    const { data, head } = await start(request, response, caller);
    const id = data.executionId as ExecutionId; // as it was recorded
    const end = await runEnd(dependencies.log, id, whileAwaited(response, patienceMs));
    if (response.destroyed) return; // whoever asked has left
    tellPosition(response, caller.sessionId, end?.head ?? head);
    const answer: AgentTestView = {
      ...{ ...answerOf(end?.state ?? null), execution_id: data.executionId },
      execution_time_ms: Math.round(performance.now() - fromMs),
    };
    response.json(answer);
  };
};

export const agentTestRoutes = (app: Express, prefix: string, parts: AgentTestParts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/agents/:agentId/test`, signedIn(authenticator, test(parts)));
};
