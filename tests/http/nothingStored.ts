import { expect } from '@jest/globals';

import type { WriteSide } from '../fixtures/writeSide.ts';

interface Refused {
  readonly status: number;
  readonly body: { readonly code?: unknown };
}

/** How many events the log has, as Postgres writes it. */
export const countEvents = async ({ pool }: WriteSide): Promise<string | undefined> =>
  (await pool.query<{ count: string }>('select count(*) from log.events')).rows[0]?.count;

/** The answer to what must store nothing. */
export const storingNothing = async <T extends Refused>(
  side: WriteSide,
  work: () => Promise<T>,
): Promise<T> => {
  const before = await countEvents(side);
  const answer = await work();
  expect(await countEvents(side)).toBe(before);
  return answer;
};

/** Status and code of a refusal, which must store nothing. */
export const refusalOf = async (
  side: WriteSide,
  work: () => Promise<Refused>,
): Promise<readonly unknown[]> => {
  const { status, body } = await storingNothing(side, work);
  return [status, body.code];
};
