import { expect, it } from '@jest/globals';
import { type NodeKind, nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { tryKind } from './index.ts';

const base = {
  ...{ kind: 'trial', major: 1, type: 'action' as const, title: 'Trial', description: 'On trial' },
  config: z.object({ times: z.number().default(2) }),
  outputs: ['output'],
};
const breachesOf = async <Config>(kind: NodeKind<Config>) => (await tryKind(kind)).breaches;

it('runs a kind with its settings completed, and tells what it asked', async () => {
  const kind = nodeKind({
    ...{ ...base, effect: 'unsafe' },
    run: async ({ config, input, http, signal }) => {
      const url = 'https://a.example';
      await http.request({ method: 'POST', url, headers: {}, timeoutMs: 1, signal });
      return { output: [config.times, input] };
    },
  });
  const trial = await tryKind(kind, { input: 'in' });
  expect(trial).toMatchObject({ effect: 'unsafe', outcome: { output: [2, 'in'] }, breaches: [] });
  expect(trial.asked.http).toHaveLength(1); // an unsafe kind runs once
  await expect(tryKind(kind, { config: { times: 'a' } })).rejects.toMatchObject({
    code: 'kind.config_invalid',
  });
});

it('notices a pure kind that is not', async () => {
  let count = 0;
  const counting = nodeKind({
    ...{ ...base, effect: 'pure' },
    run: async () => ({ output: ++count }),
  });
  expect(await breachesOf(counting)).toEqual([
    'declared pure, but a second run gives another output',
  ]);
  const asking = nodeKind({
    ...{ ...base, effect: 'pure' },
    run: async ({ http, signal }) => {
      const url = 'https://a.example';
      // A kind that hides it is found out all the same.
      await http
        .request({ method: 'GET', url, headers: {}, timeoutMs: 1, signal })
        .catch(() => null);
      return { output: 1 };
    },
  });
  expect(await breachesOf(asking)).toEqual(['declared pure, but it sends a GET request']);
});

it('notices an idempotent kind that asks for something else the second time', async () => {
  let count = 0;
  const kind = nodeKind({
    ...{ ...base, effect: 'idempotent' },
    run: async ({ http, signal, idempotencyKey }) => {
      const headers = { 'Idempotency-Key': idempotencyKey };
      const url = 'https://a.example';
      await http.request({ method: 'POST', url, headers, body: ++count, timeoutMs: 1, signal });
      return { output: 1 };
    },
  });
  expect(await breachesOf(kind)).toEqual([
    'declared idempotent, but a second run under the same key asks for something else',
  ]);
});

it.each([
  [{ output: 1n }, 'its output cannot be written as JSON'],
  [{ output: 1, handle: 'other' }, 'its output "other" is not declared'],
  [[], 'run gives an object with the member output'],
])('notices an outcome that cannot be recorded', async (outcome, breach) => {
  const kind = nodeKind({
    ...{ ...base, effect: 'unsafe' },
    run: async () => outcome as { output: unknown },
  });
  expect(await breachesOf(kind)).toEqual([breach]);
});

it('brings back what a kind threw', async () => {
  const error = new Error('no');
  const kind = nodeKind({
    ...{ ...base, effect: 'unsafe' },
    run: () => Promise.reject(error),
  });
  expect(await tryKind(kind)).toMatchObject({ outcome: undefined, error, breaches: [] });
});

it('notes what a kind told of itself', async () => {
  const kind = nodeKind({
    ...{ ...base, effect: 'unsafe' },
    run: async ({ progress, heartbeat }) => {
      progress({ fraction: 0.5, message: 'half' });
      heartbeat();
      return { output: null };
    },
  });
  const { asked } = await tryKind(kind);
  expect(asked.progress).toEqual([{ fraction: 0.5, message: 'half' }, {}]);
});
