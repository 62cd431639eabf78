import { type CallbackResult, executionStream, StudioError } from '@studio/contracts';
import { handle, load, run } from '@studio/domain';
import { type CallbackPlace, readCallbackToken } from '@studio/infra';
import { clientKey, countRequest, createMemoryRateLimiter } from '@studio/infra/http';
import type { Express, Request, RequestHandler, Response } from 'express';

import type { CommandApiDependencies } from '../dependencies.ts';
import { causeOf, segment } from '../requests.ts';

const notFound = (): StudioError =>
  new StudioError('not_found', 'callback.not_found', 'There is no such callback');

/** Of one client: a URL of ours is not guessed, and nobody needs to try. */
const badTokens = { points: 60, seconds: 60 };

/** What the URL says. What the studio never made is refused here, without a look at the log. */
const createRecognise = ({ auth }: CommandApiDependencies) => {
  const limiter = createMemoryRateLimiter(badTokens);
  return async (request: Request, response: Response): Promise<CallbackPlace> => {
    const place = readCallbackToken(auth.callbackHmac, segment(request, 'token'));
    if (place) return place;
    const refusal = {
      code: 'callback.rate_limited',
      detail: 'Too many unknown callbacks',
    } as const;
    await countRequest(response, limiter, [clientKey(request.ip)], refusal);
    throw notFound();
  };
};

const answer = (dependencies: CommandApiDependencies): RequestHandler => {
  const recognise = createRecognise(dependencies);
  return async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const { executionId, instanceId, attempt } = await recognise(request, response);
    const stream = executionStream(executionId);
    const known = await load(dependencies.log, run, stream);
    const workspaceId = known.opened?.workspaceId;
    if (workspaceId === undefined) throw notFound();
    const payload: unknown = (request.body as unknown) ?? null;
    await handle(dependencies, run, {
      ...{ stream, known, keys: ({ keyId }) => ({ run: keyId }) },
      command: { type: 'ReceiveCallback', data: { instanceId, attempt, payload } },
      cause: {
        ...causeOf(dependencies, request, response, { userId: '', workspaceId }),
        actor: { kind: 'webhook', id: instanceId },
      },
    });
    const result: CallbackResult = { success: true, message: 'Answer received' };
    response.status(202).json(result);
  };
};

/** Where whoever has a callback's URL answers it, once. */
export const callbackRoutes = (
  app: Express,
  prefix: string,
  dependencies: CommandApiDependencies,
): void => {
  app.post(`${prefix}/callbacks/:token`, answer(dependencies));
};
