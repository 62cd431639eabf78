import { type ExecutionId, executionStream, isUuid, StudioError } from '@studio/contracts';
import { load, run, type WorkspaceAction } from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Request } from 'express';

import type { Access } from '../access.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import { segment } from '../requests.ts';
import type { Found } from './order.ts';

const executionNotFound = (): StudioError =>
  new StudioError('not_found', 'execution.not_found', 'Execution not found or access denied');

/** Errors: `execution.malformed_id` (400). */
const executionId = (request: Request): ExecutionId => {
  const id = segment(request, 'executionId').toLowerCase();
  if (!isUuid(id))
    throw new StudioError('invalid', 'execution.malformed_id', 'Invalid execution ID format');
  return id as ExecutionId; // checked to be one
};

export interface RunParts {
  readonly dependencies: CommandApiDependencies;
  readonly access: Access;
}

/** The run of the address, if the caller may do this to it. Errors: `execution.malformed_id`, `execution.not_found`, `auth.not_allowed`. */
export const findRun = async (
  { dependencies, access }: RunParts,
  request: Request,
  caller: Caller,
  action: WorkspaceAction,
): Promise<Found> => {
  const stream = executionStream(executionId(request));
  const known = await load(dependencies.log, run, stream);
  const workspaceId = known.opened?.workspaceId;
  if (workspaceId === undefined) throw executionNotFound();
  await access(caller, workspaceId, action, executionNotFound);
  return { stream, known, workspaceId };
};
