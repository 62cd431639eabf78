import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionEvent, HttpRequest, RecordedEvent } from '@studio/contracts';
import { StudioError } from '@studio/contracts';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';
import { rounds } from '../fixtures/length.ts';
import { expectReplayedStates } from './replayed.ts';

const typesOf = (facts: readonly RecordedEvent<ExecutionEvent>[]): string[] =>
  facts.map(({ type }) => type);

const calls: HttpRequest[] = [];
/** Answers by the path of the URL: what a real server would do, at a known instant. */
const http = {
  request: async (request: HttpRequest) => {
    calls.push(request);
    const path = new URL(request.url).pathname;
    if (path === '/hang') {
      await new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => {
          reject(new StudioError('cancelled', 'effect.lease_lost', 'called off'));
        });
      });
    }
    const status =
      path === '/once-busy' && calls.filter(({ url }) => url === request.url).length === 1
        ? 503
        : 200;
    return { status, headers: { 'retry-after': '0' }, body: { path } };
  },
};
const quick = { maxRetries: 3, delaysMs: [10] };

describe('an engine with one place for effects', () => {
  it('brings every run to its end', async () => {
    const engine = await startEngine({ maxEffects: 1, http });
    const slow = {
      request: async (request: HttpRequest) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return http.request(request);
      },
    };
    await engine.restart({ maxEffects: 1, http: slow });
    const call = aNode('a', 'http-request', { url: 'http://x/slow' });
    const ids = await Promise.all(
      Array.from({ length: 12 }, () => engine.start(aChain([call, aNode('b', 'noop')]))),
    );
    for (const id of ids) expect((await engine.ended(id)).status).toBe('completed');
    await engine.stop();
  });
});

describe('the engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine({ http });
  });
  afterAll(() => engine.stop());

  it('runs pure nodes as one append, without intents', async () => {
    const id = await engine.start(
      aChain([
        aNode('t', 'manual-trigger'),
        aNode('double', 'transform', { expression: 'trigger.n * 2' }),
        aNode('more', 'transform', { expression: '{"sum": input + nodes.double}' }),
      ]),
      { n: 21 },
    );
    const run = await engine.ended(id);
    expect(run.output).toEqual({ sum: 84 });
    const facts = await engine.facts(id);
    expect(typesOf(facts)).not.toContain('NodeStarted');
    expect(new Set(facts.slice(2).map(({ metadata }) => metadata.commandId)).size).toBe(1);
  });

  it('puts the intent on disk before the effect, with the settings filled in', async () => {
    const id = await engine.start(
      aChain([aNode('call', 'http-request', { url: 'http://x/{{trigger.path}}', method: 'GET' })]),
      { path: 'hello' },
    );
    const run = await engine.ended(id);
    expect(run.output).toMatchObject({ status: 200, body: { path: '/hello' } });
    const facts = await engine.facts(id);
    expect(typesOf(facts)).toEqual([
      'WorkflowStarted',
      'NodeStarted',
      'NodeCompleted',
      'WorkflowCompleted',
    ]);
    expect(facts[1]?.data).toMatchObject({
      effect: 'idempotent',
      input: { url: 'http://x/hello' },
    });
  });

  it('branches by a condition and joins what is live', async () => {
    const id = await engine.start(
      {
        nodes: [
          ...[aNode('if', 'condition', { expression: 'trigger.n > 1' }), aNode('yes', 'noop')],
          ...[aNode('no', 'noop'), aNode('join', 'merge')],
        ],
        connections: [
          ...[anEdge('if', 'yes', 'true'), anEdge('if', 'no', 'false')],
          ...[anEdge('yes', 'join'), anEdge('no', 'join')],
        ],
      },
      { n: 2 },
    );
    expect((await engine.ended(id)).output).toEqual({ yes: { n: 2 } });
  });

  it('waits for a delay by a durable timer', async () => {
    const id = await engine.start(
      aChain([aNode('wait', 'delay', { durationMs: 150 }), aNode('b', 'noop')]),
      7,
    );
    expect((await engine.ended(id)).output).toBe(7);
    expect(typesOf(await engine.facts(id))).toEqual(
      expect.arrayContaining(['TimerSet', 'TimerFired', 'NodeStarted', 'WorkflowCompleted']),
    );
  });

  it('fires a timer that became due while nobody was there, once', async () => {
    const id = await engine.start(aChain([aNode('wait', 'delay', { durationMs: 300 })]));
    await engine.until(id, (run) => run.instances.has('wait'));
    await engine.restart();
    await engine.ended(id);
    expect(typesOf(await engine.facts(id)).filter((type) => type === 'TimerFired')).toHaveLength(1);
  });

  it('tries a transient failure again under the same key', async () => {
    const id = await engine.start(
      aChain([aNode('a', 'http-request', { url: 'http://x/once-busy' }, { retry: quick })]),
    );
    expect((await engine.ended(id)).status).toBe('completed');
    const keys = (await engine.facts(id)).flatMap((fact) =>
      fact.type === 'NodeStarted' ? [fact.data.idempotencyKey] : [],
    );
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('names a wrong setting and fails the run before anything happened', async () => {
    const id = await engine.start(aChain([aNode('a', 'http-request', { url: 'nonsense' })]));
    const run = await engine.ended(id);
    expect(run.status).toBe('failed');
    expect(run.failure?.error.code).toBe('kind.config_invalid');
    expect(typesOf(await engine.facts(id))).not.toContain('NodeStarted');
  });

  it('fails a node whose expression never ends, and goes on with other runs', async () => {
    const endless = aNode('loop', 'transform', {
      expression: '($f := function($n) { $f($n + 1) }; $f(0))',
    });
    const id = await engine.start(aChain([endless]));
    const other = await engine.start(aChain([aNode('n', 'noop')]));
    expect((await engine.ended(other)).status).toBe('completed');
    expect((await engine.ended(id)).status).toBe('failed');
  });

  it('calls off what is running when a run is cancelled', async () => {
    const id = await engine.start(
      aChain([aNode('slow', 'http-request', { url: 'http://x/hang' })]),
    );
    const isCalled = ({ url }: HttpRequest): boolean => url === 'http://x/hang';
    await engine.until(id, () => calls.some(isCalled)); // a moment after the intent is on disk
    await engine.order(id, { type: 'CancelWorkflow', data: { reason: null } });
    await engine.until(id, () => calls.find(isCalled)?.signal.aborted === true);
    expect((await engine.run(id)).status).toBe('cancelled');
  });

  it('runs an idempotent effect again after a restart, and puts an unsafe one in doubt', async () => {
    const hang = { url: 'http://x/hang' };
    const safe = await engine.start(aChain([aNode('a', 'http-request', hang)]));
    const unsafe = await engine.start(
      aChain([aNode('a', 'http-request', { ...hang, method: 'POST' })]),
    );
    for (const id of [safe, unsafe])
      await engine.until(id, (run) => run.instances.get('a')?.status === 'running');
    await engine.restart();
    const again = await engine.until(safe, (run) => {
      const state = run.instances.get('a');
      return state?.status === 'running' && state.attempt === 2;
    });
    expect(again.instances.get('a')).toMatchObject({ effect: 'idempotent' });
    await engine.until(unsafe, (run) => run.instances.get('a')?.status === 'in_doubt');
    const now = '2026-01-01T00:00:00.000Z';
    const resolution = { action: 'outcome' as const, output: 'it had worked' };
    await engine.order(unsafe, { type: 'ResolveNode', data: { nodeId: 'a', resolution, now } });
    expect((await engine.ended(unsafe)).output).toBe('it had worked');
    await engine.order(safe, { type: 'CancelWorkflow', data: { reason: null } });
  });

  it('goes on with more ready nodes than it may have in flight', async () => {
    const leaves = Array.from({ length: 150 }, (_, index) => aNode(`leaf${index}`, 'noop'));
    const id = await engine.start({
      nodes: [aNode('root', 'noop'), ...leaves, aNode('end', 'merge')],
      connections: leaves.flatMap((leaf) => [anEdge('root', leaf.id), anEdge(leaf.id, 'end')]),
    });
    expect((await engine.ended(id)).status).toBe('completed');
  });

  it('records a long pure stretch and a wide dead branch in appends that fit', async () => {
    const many = rounds(500, 1_500);
    const pure = Array.from({ length: many }, (_, index) =>
      aNode(`p${index}`, 'transform', { expression: 'input' }),
    );
    const stretch = await engine.start(aChain(pure), 'through');
    const dead = Array.from({ length: many }, (_, index) => aNode(`d${index}`, 'noop'));
    const branch = await engine.start({
      nodes: [aNode('if', 'condition', { expression: 'false' }), ...dead],
      connections: dead.map(({ id }) => anEdge('if', id, 'true')),
    });
    expect((await engine.ended(stretch)).output).toBe('through');
    expect((await engine.ended(branch)).status).toBe('completed');
  });

  it('had, at every fact, the very state that a replay of the log has', async () => {
    expect(await expectReplayedStates(engine)).toBeGreaterThan(8);
  });

  it('leaves no run in memory that has nothing to do', async () => {
    await engine.executor().level(await engine.log.lastPosition());
    expect(engine.executor().liveRuns()).toBe(0);
    expect(engine.errors).toEqual([]);
  });
});
