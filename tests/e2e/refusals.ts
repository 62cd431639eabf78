import { expect } from '@jest/globals';

import { type Answer, call, type StudioProcess } from '../fixtures/studio.ts';
import { openStore } from '../store/openStore.ts';

/** Watches a studio being asked for what it must refuse. */
export interface Refusals {
  /** Sends a request, whole path and all, and notes its status. */
  ask(method: string, path: string, options?: Parameters<typeof call>[3]): Promise<Answer>;
  /** The work's result, after which the log holds what it held before: nothing was stored. */
  storingNothing<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Every status so far. */
  readonly statuses: readonly number[];
  close(): Promise<void>;
}

export const watchRefusals = async (studio: StudioProcess): Promise<Refusals> => {
  const store = await openStore(studio.logAddress());
  const statuses: number[] = [];
  return {
    statuses,
    ask: async (method, path, options) => {
      const answer = await call(studio.origin(), method, path, options);
      statuses.push(answer.status);
      return answer;
    },
    storingNothing: async (work) => {
      const before = await store.lastPosition();
      const result = await work();
      expect(await store.lastPosition()).toBe(before);
      return result;
    },
    close: () => store.close(),
  };
};

/** What a refusal says: status, code, and the text or, of a 422, where the mistake lies. */
export const told = ({ status, body }: Answer): readonly unknown[] => [
  status,
  body.code,
  Array.isArray(body.detail) ? body.detail[0].loc.join('.') : body.detail,
];
