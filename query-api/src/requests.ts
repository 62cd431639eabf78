import {
  type ExecutionId,
  isUuid,
  StudioError,
  Uuid,
  type WorkflowId,
  WorkflowVersionPath,
} from '@studio/contracts';
import { parse } from '@studio/infra';
import { z } from 'zod';

const malformed = (message: string): StudioError =>
  new StudioError('refused', 'execution.malformed_id', message);

/** 400 for what cannot be a run's id. */
export const executionIdOf = (text: unknown): ExecutionId => {
  const id = String(text).toLowerCase();
  if (!isUuid(id)) throw malformed('Invalid execution ID format');
  return id as ExecutionId; // checked above
};

/** 400 for what cannot be the id of a node execution. */
export const nodeExecutionIdOf = (text: unknown): string => {
  const id = String(text).toLowerCase();
  if (!isUuid(id)) throw malformed('Invalid ID format');
  return id;
};

/** 422 for what cannot be a workflow's id. */
export const workflowIdOf = (text: unknown): WorkflowId =>
  parse(z.object({ workflow_id: Uuid }), { workflow_id: text }, 'path').workflow_id as WorkflowId; // checked by Uuid

/** 422 for what cannot be a version. */
export const versionOf = (text: unknown): number =>
  parse(WorkflowVersionPath, { version: text }, 'path').version;

/** 422 for what cannot be an agent's id. */
export const agentIdOf = (text: unknown): string =>
  parse(z.object({ agent_id: Uuid }), { agent_id: text }, 'path').agent_id;

/** The filter of a list answers 400, as its clients know it. */
export const workflowFilterOf = (text: string): WorkflowId => {
  const id = text.toLowerCase();
  if (!isUuid(id)) throw malformed('Invalid workflow ID format');
  return id as WorkflowId; // checked above
};
