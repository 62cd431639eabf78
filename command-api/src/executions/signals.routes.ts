import { SendSignalRequest, SignalPath, type SignalResult } from '@studio/contracts';
import type { Run } from '@studio/domain';
import { parse } from '@studio/infra';
import type { Express } from 'express';

import { type Claimed, claimOf, refuseOtherRequest } from '../idempotency.ts';
import { body, type CallerHandler, signedIn } from '../requests.ts';
import { findRun, type RunParts } from './findRun.ts';
import { order } from './order.ts';

const route = 'POST /executions/:executionId/signals/:name';

/** Error: `request.idempotency_key_reused`, when the signal on record came of another request under this key. */
const refuseOther = async (
  { dependencies: { log } }: RunParts,
  { signals }: Run,
  stream: Parameters<typeof log.readStream>[0],
  claimed: Claimed,
): Promise<void> => {
  const from = signals.get(claimed.id)?.at ?? 0;
  const [received] = await log.readStream(stream, { from, limit: 1 }, 'sealed');
  if (received) refuseOtherRequest(received.metadata, claimed);
};

const send = (parts: RunParts): CallerHandler => {
  const { dependencies } = parts;
  const give = order(dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const { name } = parse(SignalPath, { name: request.params['name'] }, 'path');
    const { payload } = body(SendSignalRequest, request);
    const claimed = claimOf(dependencies, request, caller, route);
    const signalId = claimed?.id ?? dependencies.newId();
    const requestHash = claimed ? { requestHash: claimed.requestHash } : {};
    const state = await give(
      { request, response, caller, found, ...requestHash },
      { type: 'ReceiveSignal', data: { signalId, name, payload, sentBy: caller.userId } },
    );
    if (claimed) await refuseOther(parts, state, found.stream, claimed);
    const result: SignalResult = {
      ...{ success: true, message: 'Signal received', execution_id: state.executionId },
      signal_id: signalId,
    };
    response.status(202).json(result);
  };
};

/** What others tell a run while it goes on. */
export const signalRoutes = (app: Express, prefix: string, parts: RunParts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/executions/:executionId/signals/:name`, signedIn(authenticator, send(parts)));
};
