import { Uuid } from '@studio/contracts';
import type { Cause } from '@studio/domain';
import { type Authenticator, type Caller, callerOf, invalidRequest, parse } from '@studio/infra';
import type { Request, RequestHandler, Response } from 'express';

import type { CommandApiDependencies } from './dependencies.ts';

/** Answers a signed-in person's request. */
export type CallerHandler = (request: Request, response: Response, caller: Caller) => Promise<void>;

export const signedIn =
  (authenticator: Authenticator, handler: CallerHandler): RequestHandler =>
  async (request, response) =>
    handler(request, response, await callerOf(authenticator, request));

/** A path segment; Express types it as possibly repeated, which our paths never are. */
export const segment = (request: Request, name: string): string => {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
};

/** A path segment that is a UUID; 422 for any other. */
export const pathId = (request: Request, name: string): string => {
  const result = Uuid.safeParse(segment(request, name));
  if (result.success) return result.data;
  throw invalidRequest([{ type: 'uuid_parsing', loc: ['path', name], msg: 'Not a valid UUID' }]);
};

export const body = <Schema extends Parameters<typeof parse>[0]>(
  schema: Schema,
  request: Request,
): ReturnType<typeof parse<Schema>> => parse(schema, request.body as unknown);

const traceparent = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What the facts of this request follow from. */
export const causeOf = (
  { clock, newId }: Pick<CommandApiDependencies, 'clock' | 'newId'>,
  request: Request,
  response: Response,
  { userId, workspaceId }: { readonly userId: string; readonly workspaceId: string },
): Cause => {
  const requestId = response.locals['requestId'] as string; // the shell names every request
  const trace = request.get('traceparent');
  return {
    ...{ correlationId: requestId, causationId: requestId, commandId: newId() },
    ...{ actor: { kind: 'user', id: userId }, workspaceId, occurredAt: clock() },
    ...(trace !== undefined && traceparent.test(trace) ? { traceparent: trace } : {}),
  };
};
