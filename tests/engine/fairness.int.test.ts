import { afterEach, expect, it } from '@jest/globals';
import type { HttpRequest } from '@studio/contracts';
import { isOver } from '@studio/domain';

import { aChain, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
afterEach(() => engine.stop());

/** Requests that are answered when the test says so; each is known by its path. */
const heldRequests = () => {
  const arrived: string[] = [];
  const held: (() => void)[] = [];
  return {
    arrived,
    held: () => held.length,
    answerAll: () => {
      for (const answer of held.splice(0)) answer();
    },
    http: {
      request: async ({ url }: HttpRequest) => {
        arrived.push(new URL(url).pathname.slice(1));
        await new Promise<void>((resolve) => held.push(resolve));
        return { status: 200, headers: {}, body: null };
      },
    },
  };
};

const until = async (holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + 120_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('it never comes to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const call = (name: string, path: string) =>
  aNode(name, 'http-request', { url: `http://x/${path}` });

it('lets the one run of a workspace have its turns beside the many of another', async () => {
  const world = heldRequests();
  engine = await startEngine({ maxEffects: 2, http: world.http });
  const long = (path: string) => aChain(['a', 'b', 'c'].map((id) => call(id, path)));
  const crowd = await Promise.all(
    Array.from({ length: 30 }, () => engine.start(long('crowd'), {}, { workspaceId: 'crowd' })),
  );
  await until(() => world.held() === 2);
  const alone = await engine.start(long('quiet'), {}, { workspaceId: 'quiet' });
  // It stands in the line once the executor has looked at it: then every free place is shared.
  const executor = engine.executor();
  await until(() => executor.liveRuns() === crowd.length + 1);
  // Three turns of its own, beside as many of the crowd, and those that were under way before.
  const fair = 45;
  while (!isOver(await engine.run(alone)) && world.arrived.length < fair) {
    await until(() => world.held() === 2);
    world.answerAll();
  }
  expect((await engine.run(alone)).status).toBe('completed');
  expect(world.arrived.length).toBeLessThan(fair);
  const letGo = setInterval(world.answerAll, 5);
  try {
    for (const id of crowd) expect((await engine.ended(id)).status).toBe('completed');
  } finally {
    clearInterval(letGo);
  }
  expect(world.arrived).toHaveLength(31 * 3);
});
