import autocannon from 'autocannon';

import type { Measured } from './benchLine.ts';

export const connections = 64;

export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const slice = async (target: Target, seconds: number, into: Measured): Promise<void> => {
  const { url, method, body } = target;
  const options = {
    ...{ url, method, headers: { ...target.headers }, connections, duration: seconds },
    ...(body === undefined ? {} : { body }),
  };
  const begun = performance.now();
  let answers = 0;
  let last = begun;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error: unknown, done) => {
      if (error instanceof Error) reject(error);
      else resolve(done);
    });
    running.on('response', (_client, _status, _bytes, responseMs) => {
      into.latenciesMs.push(responseMs);
      answers += 1;
      last = performance.now();
    });
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${method} ${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  into.rates.push((answers * 1_000) / (last - begun));
};

/** Slices of one and the other in turn, after one of each to warm up. */
export const loadInTurn = async (
  sides: readonly { readonly target: Target; readonly into: Measured }[],
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<void> => {
  for (const { target } of sides) await slice(target, seconds, { rates: [], latenciesMs: [] });
  for (let round = 0; round < rounds; round += 1)
    for (const { target, into } of sides) await slice(target, seconds, into);
};
