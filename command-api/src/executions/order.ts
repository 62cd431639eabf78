import type { ExecutionCommand, StreamName } from '@studio/contracts';
import { handle, type Loaded, type Run, run } from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Request, Response } from 'express';

import { createTellPosition } from '../answers.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import { causeOf } from '../requests.ts';

/** A run that the caller may give orders to. */
export interface Found {
  readonly stream: StreamName;
  readonly known: Loaded<Run>;
  readonly workspaceId: string;
}

export interface Ordered {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  readonly found: Found;
  /** Of the request that an Idempotency-Key stands for. */
  readonly requestHash?: string;
}

/** Gives the run an order and tells how it then stands. People win races: this never answers 409. */
export const order = (dependencies: CommandApiDependencies) => {
  const tellPosition = createTellPosition(dependencies);
  return async (
    { request, response, caller, found, requestHash }: Ordered,
    command: ExecutionCommand,
  ): Promise<Run> => {
    const { stream, known, workspaceId } = found;
    const handled = await handle(dependencies, run, {
      ...{ stream, known, command },
      cause: {
        ...causeOf(dependencies, request, response, { ...caller, workspaceId }),
        ...(requestHash === undefined ? {} : { requestHash }),
      },
      keys: ({ keyId }) => ({ run: keyId }),
    });
    tellPosition(response, caller.sessionId, handled.head);
    return handled.state;
  };
};
