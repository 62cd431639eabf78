import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';

import { type AppendAnswer, readAnswer } from './appendAnswer.ts';
import { ServerFailure } from './failures.ts';
import type { BatchCall, Grpc } from './grpc.ts';
import { uuidText } from './uuid.ts';

/** One call over which many appends go, each answered on its own. */
export interface AppendLine {
  /**
   * Errors: what the call met, or a `ServerFailure`; after the time given, one that knows no outcome: then nothing
   * more may be sent over this line, and its call ends once the others have their answers, or have waited as long.
   */
  send(request: BatchAppendReq, timeoutMs: number): Promise<AppendAnswer>;
}

interface Waiting {
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: unknown) => void;
}

const overdue = (timeoutMs: number): ServerFailure =>
  new ServerFailure('unknown', `no answer to an append within ${timeoutMs} ms`);

const createLine = (call: BatchCall, onEnd: () => void): AppendLine => {
  /** By correlation id. Each call has its own, so that the end of one is not the end of another's appends. */
  const waiting = new Map<string, Waiting>();
  let over: { readonly error: unknown } | null = null;
  /** One append was not answered: the call may have stalled, so that another try over it would wait in vain, too. */
  let retired = false;
  /** Resolves when the call takes more; null while it does. */
  let drained: Promise<void> | null = null;

  const end = (error: unknown): void => {
    over ??= { error };
    onEnd();
    for (const { reject } of waiting.values()) reject(over.error);
    waiting.clear();
  };

  const retire = (): void => {
    retired = true;
    onEnd();
  };

  const answer = (response: BatchAppendResp): void => {
    const who = waiting.get(uuidText(response.getCorrelationId()));
    try {
      who?.resolve(readAnswer(response)); // else the answer came too late, or a second time
    } catch (error) {
      who?.reject(error);
    }
  };

  const drain = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        call.off('drain', go).off('close', go);
        drained = null;
        resolve();
      };
      call.on('drain', go).on('close', go);
    });

  const write = async (request: BatchAppendReq): Promise<void> => {
    while (drained) await drained;
    if (over) throw over.error;
    if (!call.write(request)) drained = drain();
  };

  call.on('data', answer);
  call.on('error', end);
  call.on('end', () => end(new ServerFailure('unknown', 'the server ended the call for appends')));

  return {
    send: async (request, timeoutMs) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<AppendAnswer>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          timer = setTimeout(() => {
            reject(overdue(timeoutMs));
            retire();
          }, timeoutMs);
          write(request).catch(reject);
        });
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
        if (retired && waiting.size === 0) call.cancel();
      }
    },
  };
};

/** `onEnd` is told when nothing can, or may, be sent any more. */
export const openAppendLine = async (grpc: Grpc, onEnd: () => void): Promise<AppendLine> => {
  const lines: AppendLine[] = [];
  await grpc.batchAppend((call) => lines.push(createLine(call, onEnd)));
  const [line] = lines;
  if (line) return line;
  throw new ServerFailure('not_taken', 'no call for appends was opened');
};
