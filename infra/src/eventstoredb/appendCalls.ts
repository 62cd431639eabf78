import { randomUUID } from 'node:crypto';

import type { PreparedAppend } from '../eventstore/preparedAppend.ts';
import type { AppendAnswer } from './appendAnswer.ts';
import { type AppendLine, openAppendLine } from './appendLine.ts';
import { appendRequest } from './appendRequest.ts';
import type { Grpc } from './grpc.ts';

/** Sends an append to the stream of this name on the server, and answers once the server has. */
export type SendAppend = (name: string, append: PreparedAppend) => Promise<AppendAnswer>;

/** All appends go over one call; when that is over, the next append opens another. */
export const createSendAppend = (grpc: Grpc, timeoutMs: number): SendAppend => {
  let current: Promise<AppendLine> | null = null;

  const openAnew = (): Promise<AppendLine> => {
    const forget = (): void => {
      if (current === opening) current = null;
    };
    const opening = openAppendLine(grpc, forget);
    opening.catch(forget);
    return opening;
  };

  return async (name, append) => {
    current ??= openAnew();
    const line = await current;
    const correlationId = randomUUID();
    return line.send(appendRequest({ correlationId, name, append }), timeoutMs);
  };
};
