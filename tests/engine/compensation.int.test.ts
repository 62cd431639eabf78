import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Compensation, DefinedNode, ExecutionCommand, ExecutionId } from '@studio/contracts';
import type { Run } from '@studio/domain';
import { createHttpClient } from '@studio/infra';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';
import { expectReplayedStates } from './replayed.ts';

const now = '2026-01-01T00:00:00.000Z';
const retry = { maxRetries: 1, delaysMs: [0] };
const cancel: ExecutionCommand = { type: 'CancelWorkflow', data: { reason: 'Changed their mind' } };

let engine: Engine;
let server: CountingServer;
let stories = 0;
beforeAll(async () => {
  server = await startCountingServer();
  engine = await startEngine({ http: createHttpClient({ maxBodyBytes: 10_000 }) });
});
afterAll(async () => {
  await engine.stop();
  await server.close();
});

/** Paths of its own for each test: what arrives there is this test's. */
const newStory = () => {
  stories += 1;
  const story = `/${stories}`;
  const call = (path: string) => ({ method: 'POST', url: `${server.url}${story}${path}` });
  const arrivals = (path = '/') =>
    server
      .arrivals()
      .filter((arrival) => arrival.path.startsWith(story + path))
      .map((arrival) => ({ ...arrival, path: arrival.path.slice(story.length) }));
  const undoing = (path: string, more: Partial<Compensation> = {}): Compensation => ({
    kind: 'http-request@1',
    config: { ...call(path), idempotent: true },
    ...{ onInDoubt: 'ask', retry },
    ...more,
  });
  return {
    undoing,
    /** A node that posts to its path, and whose undo posts what it was answered to another one. */
    undoable: (id: string, more: Partial<DefinedNode> = {}): DefinedNode =>
      aNode(id, 'http-request', call(`/${id}`), {
        compensation: undoing(`/undo/${id}?of={{ input.body.arrived }}`),
        ...more,
      }),
    post: (id: string) => aNode(id, 'http-request', call(`/${id}`)),
    behave: (path: string, behaviour: Parameters<CountingServer['behave']>[1]) => {
      server.behave(story + path, behaviour);
    },
    arrivals,
    /** What follows the path in what arrived under it, queries left out. */
    pathsUnder: (path: string) =>
      arrivals(path).map((arrival) => arrival.path.slice(path.length).split('?')[0]),
    origin: story,
  };
};

const lastFact = async (id: ExecutionId) => {
  const { type, data } = (await engine.facts(id)).at(-1) ?? {};
  return { type, data };
};
const isWaiting = ({ instances }: Run) => instances.get('wait')?.status === 'awaiting_signal';
const arrived = async (count: () => number): Promise<void> => {
  while (count() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
};
const aWait = () => aNode('wait', 'wait-for-event', { signal: 'go' });
const refuses = { status: 400, body: { why: 'no' } };

describe('a run that fails', () => {
  it('undoes what it did, the last first, each with what its node was answered', async () => {
    const story = newStory();
    story.behave('/pay', refuses);
    const nodes = [story.undoable('flight'), story.undoable('hotel'), story.post('pay')];
    const id = await engine.start(aChain(nodes));
    await engine.ended(id);
    expect(story.arrivals().map(({ path }) => path)).toEqual([
      ...['/flight', '/hotel', '/pay'],
      `/undo/hotel?of=${story.origin}/hotel`,
      `/undo/flight?of=${story.origin}/flight`,
    ]);
    expect(new Set(story.arrivals().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(5);
    expect(await lastFact(id)).toMatchObject({
      type: 'WorkflowFailed',
      data: { instanceId: 'pay', code: 'http.status', compensation: 'complete' },
    });
  });

  it('goes on with the other undos where one has failed for good, and says which is left', async () => {
    const story = newStory();
    story.behave('/pay', refuses);
    story.behave('/undo/hotel', { status: 503 });
    const nodes = [story.undoable('flight'), story.undoable('hotel'), story.post('pay')];
    const id = await engine.start(aChain(nodes));
    const { compensation } = await engine.ended(id);
    expect(story.pathsUnder('/undo')).toEqual(['/hotel', '/hotel', '/flight']);
    expect(compensation).toMatchObject({
      undone: 1,
      left: [{ nodeId: 'hotel', instanceId: 'hotel', why: 'failed' }],
    });
    expect((await lastFact(id)).data).toMatchObject({ compensation: 'incomplete' });
  });

  it('undoes every iteration of a loop, in reverse, with the item it was about', async () => {
    const story = newStory();
    story.behave('/pay', refuses);
    const each = aNode('each', 'for-each', { items: '{{ trigger }}' });
    const book = story.undoable('book', {
      parent: 'each',
      compensation: story.undoing('/undo/{{ item }}-{{ index }}'),
    });
    const id = await engine.start(
      { nodes: [each, book, story.post('pay')], connections: [anEdge('each', 'pay')] },
      ['Ada', 'Bo', 'Cy'],
    );
    await engine.ended(id);
    expect(story.pathsUnder('/undo')).toEqual(['/Cy-2', '/Bo-1', '/Ada-0']);
  });

  it('says of an undo whose settings cannot be filled in that it has failed', async () => {
    const story = newStory();
    story.behave('/pay', refuses);
    const compensation = story.undoing('/undo/{{ $error("never") }}');
    const nodes = [story.undoable('a', { compensation }), story.undoable('b'), story.post('pay')];
    const id = await engine.start(aChain(nodes));
    expect((await engine.ended(id)).compensation?.left).toEqual([
      { nodeId: 'a', instanceId: 'a', why: 'failed' },
    ]);
    expect(story.pathsUnder('/undo')).toEqual(['/b']);
  });
});

describe('a run that is cancelled', () => {
  it('undoes what it did before it is, and calls off what is under way', async () => {
    const story = newStory();
    story.behave('/slow', { hang: true });
    const id = await engine.start({
      nodes: [story.undoable('flight'), aWait(), story.post('slow')],
      connections: [anEdge('flight', 'wait')],
    });
    await engine.until(id, isWaiting);
    await arrived(() => story.arrivals('/slow').length);
    await engine.order(id, cancel);
    expect((await engine.ended(id)).status).toBe('cancelled');
    expect(story.pathsUnder('/undo')).toEqual(['/flight']);
    expect(await lastFact(id)).toEqual({
      type: 'WorkflowCancelled',
      data: { reason: 'Changed their mind', compensation: 'complete' },
    });
    expect((await engine.run(id)).instances.get('slow')?.status).toBe('cancelled');
  });

  it('hears the answer of an effect that declares an undo, and undoes it then', async () => {
    const story = newStory();
    story.behave('/flight', { delayMs: 1_000, body: { arrived: 'late' } });
    const id = await engine.start(aChain([story.undoable('flight'), aWait()]));
    await arrived(() => story.arrivals('/flight').length);
    await engine.order(id, cancel);
    expect((await engine.ended(id)).status).toBe('cancelled');
    expect(story.arrivals().map(({ path }) => path)).toEqual(['/flight', '/undo/flight?of=late']);
  });
});

describe('an executor that dies while a run undoes what it did', () => {
  it('has the next one repeat what is safe to repeat, under the same key', async () => {
    const story = newStory();
    story.behave('/pay', refuses);
    story.behave('/undo/b', (n) => ({ hang: n === 0 }));
    const nodes = [story.undoable('a'), story.undoable('b'), story.post('pay')];
    const id = await engine.start(aChain(nodes));
    await arrived(() => story.arrivals('/undo/b').length);
    await engine.restart();
    await engine.ended(id);
    expect(story.pathsUnder('/undo')).toEqual(['/b', '/b', '/a']);
    const keys = story.arrivals('/undo/b').map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(1);
    expect((await lastFact(id)).data).toMatchObject({ compensation: 'complete' });
  });

  it('leaves what is not safe to repeat to a person, and goes on by their word', async () => {
    const story = newStory();
    story.behave('/pay', refuses);
    story.behave('/undo/b', { hang: true });
    const { config, ...rest } = story.undoing('/undo/b');
    const compensation = { ...rest, config: { ...config, idempotent: false } };
    const nodes = [story.undoable('a'), story.undoable('b', { compensation }), story.post('pay')];
    const id = await engine.start(aChain(nodes));
    await arrived(() => story.arrivals('/undo/b').length);
    await engine.restart();
    await engine.until(id, ({ instances }) => instances.get('undo:b')?.status === 'in_doubt');
    expect(story.pathsUnder('/undo')).toEqual(['/b']);
    const resolution = { action: 'outcome' as const, output: 'seen at the hotel' };
    await engine.order(id, { type: 'ResolveNode', data: { nodeId: 'undo:b', resolution, now } });
    await engine.ended(id);
    expect(story.pathsUnder('/undo')).toEqual(['/b', '/a']);
    expect((await lastFact(id)).data).toMatchObject({ compensation: 'complete' });
  });

  it('loses nothing of a run that was cancelled while nobody was there', async () => {
    const story = newStory();
    const id = await engine.start(aChain([story.undoable('a'), story.undoable('b'), aWait()]));
    await engine.until(id, isWaiting);
    await engine.executor().stop(0);
    await engine.order(id, cancel);
    await engine.restart();
    await engine.ended(id);
    expect(story.pathsUnder('/undo')).toEqual(['/b', '/a']);
  });
});

it('had, at every fact, the very state that a replay of the log has', async () => {
  expect(await expectReplayedStates(engine)).toBeGreaterThan(8);
  expect(engine.errors).toEqual([]);
});
