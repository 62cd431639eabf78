import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

import type { Grpc } from './grpc.ts';
import type { Recorded } from './space.ts';

/** Answers whether the next event is wanted. */
export type Take = (recorded: Recorded) => boolean;

export interface Reading {
  /** False: the server has no such stream. */
  readonly found: boolean;
  /** Events that came, those included that nobody wanted. */
  readonly count: number;
}

export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

const readTimeoutMs = 15_000;

const recordedOf = (response: ReadResp): Recorded | undefined => response.getEvent()?.getEvent();

/** Reads until the server has no more, or `take` wants no more, or throws. Rejects with what the call met. */
export const readEvents = async (grpc: Grpc, request: ReadReq, take: Take): Promise<Reading> => {
  const call = await grpc.read(request, readTimeoutMs);
  return new Promise((resolve, reject) => {
    let count = 0;
    let found = true;
    let done = false;
    const finish = (settle: () => void): void => {
      if (done) return;
      done = true;
      settle();
    };
    const stop = (settle: () => void): void => {
      finish(settle);
      call.cancel();
    };
    const took = (recorded: Recorded): void => {
      count += 1;
      if (!take(recorded)) stop(() => resolve({ found, count }));
    };
    call.on('data', (response: ReadResp) => {
      if (done) return;
      if (response.hasStreamNotFound()) found = false;
      const recorded = recordedOf(response);
      try {
        if (recorded) took(recorded);
      } catch (error) {
        stop(() => reject(asError(error)));
      }
    });
    call.on('error', (error) => finish(() => reject(error)));
    call.on('end', () => finish(() => resolve({ found, count })));
  });
};
