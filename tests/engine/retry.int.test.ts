import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionEvent, HttpRequest, RecordedEvent } from '@studio/contracts';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';
import { expectReplayedStates } from './replayed.ts';

/** The world: every path fails until it is mended. */
const calls: HttpRequest[] = [];
const mended = new Set<string>();
const http = {
  request: async (request: HttpRequest) => {
    calls.push(request);
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/hangs') && !mended.has(pathname)) await off(request.signal);
    const status = pathname.startsWith('/fails') && !mended.has(pathname) ? 400 : 200;
    return { status, headers: {}, body: { pathname } };
  },
};
const off = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error); // what aborted it
    });
  });
const callsOf = (path: string) => calls.filter(({ url }) => new URL(url).pathname === path);
const get = (id: string, path: string) => aNode(id, 'http-request', { url: `http://x${path}` });
const retry = { type: 'RetryWorkflow', data: { now: '2026-01-01T00:00:00.000Z' } } as const;
const ofType = (facts: readonly RecordedEvent<ExecutionEvent>[], type: ExecutionEvent['type']) =>
  facts.filter((fact) => fact.type === type);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ http });
});
afterAll(() => engine.stop());

describe('a run that is retried', () => {
  it('goes on from what failed, and does nothing again that succeeded', async () => {
    const nodes = [get('paid', '/paid'), get('broken', '/fails/1'), get('after', '/after')];
    const id = await engine.start(aChain(nodes));
    expect((await engine.ended(id)).status).toBe('failed');
    await engine.order(id, retry);
    expect((await engine.until(id, ({ revision }) => revision > 5)).retries).toBe(1);
    expect((await engine.ended(id)).status).toBe('failed');
    mended.add('/fails/1');
    await engine.order(id, retry);
    expect((await engine.ended(id)).status).toBe('completed');
    expect(callsOf('/paid')).toHaveLength(1);
    expect(callsOf('/after')).toHaveLength(1);
    expect(callsOf('/fails/1')).toHaveLength(3);
    const attempts = (await engine.facts(id)).flatMap((fact) =>
      fact.type === 'NodeStarted' && fact.data.instanceId === 'broken' ? [fact.data] : [],
    );
    expect(attempts.map(({ attempt, generation }) => [attempt, generation])).toEqual([
      ...[
        [1, 0],
        [2, 1],
        [3, 2],
      ],
    ]);
    expect(new Set(attempts.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
  });

  it('goes on after its executor was away when it was retried', async () => {
    const id = await engine.start(aChain([get('a', '/fails/2'), aNode('b', 'noop')]));
    await engine.ended(id);
    mended.add('/fails/2');
    await engine.executor().level(await engine.log.lastPosition());
    await engine.restart();
    await engine.order(id, retry);
    await engine.restart();
    expect((await engine.ended(id)).status).toBe('completed');
    expect(ofType(await engine.facts(id), 'WorkflowRetried')).toHaveLength(1);
  });

  it('fires a timer that lapsed with the failure, once, at the time it was set to', async () => {
    const id = await engine.start({
      nodes: [
        aNode('wait', 'delay', { durationMs: 3_000 }),
        get('a', '/fails/3'),
        aNode('b', 'noop'),
      ],
      connections: [anEdge('wait', 'b')],
    });
    await engine.ended(id);
    mended.add('/fails/3');
    await engine.order(id, retry);
    expect((await engine.ended(id)).status).toBe('completed');
    const endedAt = Date.now();
    const facts = await engine.facts(id);
    const due = ofType(facts, 'TimerSet').map(({ data }) => (data as { dueAt: string }).dueAt); // a timer's
    expect(due).toHaveLength(2);
    expect(new Set(due).size).toBe(1);
    expect(ofType(facts, 'TimerFired')).toHaveLength(1);
    expect(endedAt >= Date.parse(due[0] ?? '')).toBe(true);
  });

  it('takes up an expression that failed, and a run that failed and was retried at once', async () => {
    const wrong = aNode('sum', 'transform', { expression: '$error("never")' });
    const id = await engine.start(aChain([wrong]));
    for (let times = 1; times <= 3; times += 1) {
      await engine.ended(id);
      await engine.order(id, retry);
      await engine.until(id, ({ status, retries }) => status === 'failed' && retries === times);
    }
    await expect(engine.order(id, retry)).rejects.toThrow('max retries reached');
  });

  it('goes back to an earlier node, with what is under way behind it called off', async () => {
    const nodes = [get('kept', '/kept'), get('again', '/again'), get('hangs', '/hangs/1')];
    const id = await engine.start(aChain(nodes));
    await engine.until(id, ({ instances }) => instances.get('hangs')?.status === 'running');
    const back = (nodeId: string) =>
      engine.order(id, {
        type: 'RewindWorkflow',
        data: { nodeId, reason: null, now: retry.data.now },
      });
    await back('hangs');
    await engine.until(id, () => callsOf('/hangs/1').length === 2);
    mended.add('/hangs/1');
    await back('again');
    expect((await engine.ended(id)).status).toBe('completed');
    expect(['/kept', '/again'].map((path) => callsOf(path).length)).toEqual([1, 2]);
    const begun = (await engine.facts(id)).flatMap((fact) =>
      fact.type === 'NodeStarted' ? [fact.data] : [],
    );
    expect(
      begun.map(({ instanceId, attempt, generation }) => [instanceId, attempt, generation]),
    ).toEqual([
      ['kept', 1, 0],
      ['again', 1, 0],
      ['hangs', 1, 0],
      ['hangs', 2, 1],
      ['again', 2, 1],
      ['hangs', 3, 2],
    ]);
    expect(new Set(begun.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(6);
  });

  it('had, at every fact, the very state that a replay of the log has', async () => {
    expect(await expectReplayedStates(engine)).toBe(5);
    expect(engine.errors).toEqual([]);
  });
});

it('fails a delay until an instant that no timer can be set to, and goes on with other timers', async () => {
  for (const until of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00']) {
    const id = await engine.start(aChain([aNode('d', 'delay', { until })]));
    expect((await engine.ended(id)).failure?.error.code).toBe('kind.config_invalid');
  }
  const other = await engine.start(aChain([aNode('d', 'delay', { durationMs: 10 })]));
  expect((await engine.ended(other)).status).toBe('completed');
  expect(engine.errors).toEqual([]);
});

describe('a run that is to begin later', () => {
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

  it('begins at its time, once, also when nobody was there at that time', async () => {
    const id = await engine.start(aChain([aNode('t', 'manual-trigger'), aNode('b', 'noop')]), 7, {
      scheduledAt: inMs(3_000),
    });
    await engine.executor().level(await engine.log.lastPosition());
    const waiting = await engine.run(id);
    expect([waiting.status, waiting.revision]).toEqual(['pending', 0]);
    await engine.restart();
    const run = await engine.ended(id);
    const endedAt = Date.now();
    expect([run.status, run.output]).toEqual(['completed', 7]);
    const facts = await engine.facts(id);
    const reached = ofType(facts, 'StartTimeReached');
    expect(reached).toHaveLength(1);
    expect(facts[1]).toBe(reached[0]);
    const [first] = facts;
    if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
    expect(endedAt >= Date.parse(first.data.scheduledAt ?? '')).toBe(true);
  });

  it('begins at once when its time is past', async () => {
    const id = await engine.start(aChain([aNode('b', 'noop')]), 7, { scheduledAt: inMs(-60_000) });
    expect((await engine.ended(id)).status).toBe('completed');
  });

  it('never begins once it was cancelled', async () => {
    const id = await engine.start(aChain([aNode('b', 'noop')]), 7, { scheduledAt: inMs(3_000) });
    await engine.order(id, { type: 'CancelWorkflow', data: { reason: null } });
    const after = await engine.start(aChain([aNode('b', 'noop')]), 7, { scheduledAt: inMs(3_300) });
    await engine.ended(after);
    expect((await engine.facts(id)).map(({ type }) => type)).toEqual([
      ...['WorkflowStarted', 'WorkflowCancelled'],
    ]);
    expect(engine.errors).toEqual([]);
  });
});
