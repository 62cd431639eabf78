import { describe, expect, it } from '@jest/globals';
import type {
  DefinedConnection,
  DefinedNode,
  ExecutionCommand,
  ExecutionEvent,
} from '@studio/contracts';
import { defaultRetryPolicy } from '@studio/contracts';

import { decide, evolve, fold, initialRun, plan, type Run } from './index.ts';

const node = (id: string, kind = 'noop@1', more: Partial<DefinedNode> = {}): DefinedNode => ({
  ...{ id, name: id, type: 'action', kind, config: {}, onInDoubt: 'ask' },
  retry: defaultRetryPolicy,
  ...more,
});
const edge = (source: string, target: string, sourceHandle = 'output'): DefinedConnection => ({
  ...{ source, target, sourceHandle },
});
const now = '2026-01-01T00:00:00.000Z';
const key = 'key-1';

const startWorkflow = (
  nodes: DefinedNode[],
  connections: DefinedConnection[],
): ExecutionCommand => ({
  type: 'StartWorkflow',
  data: {
    ...{ executionId: 'e1', workflowId: 'w1', workflowVersion: 1, workflowName: 'W', userId: 'u1' },
    ...{ keyId: 'k1', engineVersion: 1, definition: { nodes, connections }, definitionHash: 'h' },
    ...{ triggerType: 'manual' as const, trigger: { n: 1 }, context: {}, priority: 0 },
    ...{ maxRetries: 3, totalNodes: nodes.length },
  },
});
const start = (
  instanceId: string,
  effect: 'idempotent' | 'unsafe' = 'idempotent',
  epoch = 1,
): ExecutionCommand => ({
  type: 'StartNode',
  data: { instanceId, epoch, effect, idempotencyKey: key, input: {} },
});
const complete = (
  instanceId: string,
  output: unknown,
  attempt = 1,
  epoch = 1,
): ExecutionCommand => ({
  type: 'CompleteNode',
  data: { instanceId, attempt, epoch, handle: 'output', output, turns: [] },
});
const fail = (
  instanceId: string,
  transient: boolean,
  attempt = 1,
  outcomeUnknown = false,
): ExecutionCommand => ({
  type: 'FailNode',
  data: {
    instanceId,
    attempt,
    epoch: 1,
    now,
    error: { code: 'x', message: 'm', transient, outcomeUnknown },
  },
});
const pure = (instanceId: string, handle: string, output: unknown = null): ExecutionCommand => ({
  type: 'CompletePureNode',
  data: { instanceId, handle, output },
});

const after = (...commands: ExecutionCommand[]): { run: Run; log: ExecutionEvent[] } =>
  commands.reduce<{ run: Run; log: ExecutionEvent[] }>(
    ({ run, log }, command) => {
      const events = decide(command, run);
      return { run: fold(run, events), log: [...log, ...events] };
    },
    { run: initialRun, log: [] },
  );
const settle: ExecutionCommand = { type: 'SettleRun', data: {} };
const typesOf = (events: readonly ExecutionEvent[]): string[] => events.map(({ type }) => type);
const abc = startWorkflow([node('a'), node('b'), node('c')], [edge('a', 'b'), edge('b', 'c')]);

describe('a run', () => {
  it('completes triggers when it is settled', () => {
    const { log } = after(
      startWorkflow([node('t', 'manual-trigger@1'), node('a')], [edge('t', 'a')]),
      settle,
    );
    expect(typesOf(log)).toEqual(['WorkflowStarted', 'NodeCompleted']);
    expect(
      after(startWorkflow([node('t', 'manual-trigger@1')], []), settle, settle).run,
    ).toMatchObject({
      status: 'completed',
      revision: 2,
    });
  });

  it('goes on settling where a record broke off', () => {
    const chain = Array.from({ length: 5 }, (_, index) => node(`s${index}`));
    const { run, log } = after(
      startWorkflow(
        [node('if', 'condition@1'), ...chain],
        [edge('if', 's0', 'true'), ...chain.slice(1).map(({ id }, index) => edge(`s${index}`, id))],
      ),
      pure('if', 'false'),
    );
    expect(run.status).toBe('completed');
    const brokenOff = fold(initialRun, log.slice(0, 4));
    expect(brokenOff.status).toBe('running');
    expect(fold(brokenOff, decide(settle, brokenOff))).toEqual(run);
  });

  it('goes through a chain and ends with the output of its only end node', () => {
    const { run, log } = after(
      ...[
        abc,
        start('a'),
        complete('a', 1),
        start('b'),
        complete('b', 2),
        start('c'),
        complete('c', 3),
      ],
    );
    expect(run.status).toBe('completed');
    expect(run.output).toBe(3);
    expect(typesOf(log).at(-1)).toBe('WorkflowCompleted');
  });

  it('plans only what is ready', () => {
    const { run } = after(abc);
    expect(plan(run)).toMatchObject([{ type: 'begin', instanceId: 'a' }]);
    expect(plan(after(abc, start('a')).run)).toMatchObject([{ type: 'perform', instanceId: 'a' }]);
  });

  it('skips through a branch that is not taken and joins what is live', () => {
    const { run, log } = after(
      startWorkflow(
        [node('if', 'condition@1'), node('yes'), node('no'), node('no2'), node('join', 'merge@1')],
        [
          ...[edge('if', 'yes', 'true'), edge('if', 'no', 'false'), edge('no', 'no2')],
          ...[edge('yes', 'join'), edge('no2', 'join')],
        ],
      ),
      ...[pure('if', 'true'), start('yes'), complete('yes', 'Y')],
    );
    expect(typesOf(log).filter((type) => type === 'NodeSkipped')).toHaveLength(2);
    expect(run.output).toEqual({ yes: 'Y' });
  });

  it('lets a merge of mode any go on with the first and records what comes later', () => {
    const { run } = after(
      startWorkflow(
        [node('a'), node('b'), node('m', 'merge@1', { config: { mode: 'any' } })],
        [edge('a', 'm'), edge('b', 'm')],
      ),
      ...[start('a'), start('b'), complete('b', 'B')],
    );
    expect(run.instances.get('m')).toMatchObject({ status: 'completed', output: { b: 'B' } });
    expect(run.status).toBe('running');
    expect(fold(run, decide(complete('a', 'A'), run)).status).toBe('completed');
  });

  it('tries a transient failure again after the delay of its policy', () => {
    const { run, log } = after(abc, start('a'), fail('a', true));
    expect(typesOf(log).slice(-2)).toEqual(['NodeFailed', 'NodeRetryScheduled']);
    expect(plan(run)).toEqual([
      { type: 'wake', timerId: 'retry:a#2', dueAt: '2026-01-01T00:00:05.000Z' },
    ]);
    expect(decide({ type: 'FireTimer', data: { timerId: 'retry:a#2', now } }, run)).toEqual([]);
    const late = '2026-01-01T00:00:06.000Z';
    const fired = fold(
      run,
      decide({ type: 'FireTimer', data: { timerId: 'retry:a#2', now: late } }, run),
    );
    expect(plan(fired)).toMatchObject([{ type: 'begin', instanceId: 'a', again: { attempt: 2 } }]);
  });

  it('fails at a final failure once running attempts have ended, and starts nothing new', () => {
    const { run, log } = after(
      startWorkflow([node('a'), node('b'), node('c')], [edge('b', 'c')]),
      ...[start('a'), start('b'), fail('a', false)],
    );
    expect(run.status).toBe('running');
    expect(typesOf(log)).not.toContain('WorkflowFailed');
    const ended = fold(run, decide(complete('b', 1), run));
    expect(ended.status).toBe('failed');
    expect(ended.instances.has('c')).toBe(false);
  });

  it('goes on by the error output when there is one', () => {
    const { run } = after(
      startWorkflow(
        [node('a'), node('ok'), node('rescue')],
        [edge('a', 'ok'), edge('a', 'rescue', 'error')],
      ),
      ...[start('a'), fail('a', false), start('rescue'), complete('rescue', 'saved')],
    );
    expect(run.status).toBe('completed');
    expect(run.instances.get('ok')).toMatchObject({ status: 'skipped' });
  });

  it('takes an outcome once, and only for the open attempt of its epoch', () => {
    const { run } = after(abc, start('a'));
    expect(typesOf(decide(complete('a', 1, 1, 2), run))).toEqual(['LateOutcomeRecorded']);
    const done = fold(run, decide(complete('a', 1), run));
    expect(decide(complete('a', 1), done)).toEqual([]);
  });

  it('runs an idempotent attempt of an older epoch again under the same key', () => {
    const { run } = after(abc, start('a'));
    const events = decide({ type: 'RecoverNode', data: { instanceId: 'a', epoch: 2, now } }, run);
    expect(events).toMatchObject([
      { type: 'NodeStarted', data: { attempt: 2, epoch: 2, idempotencyKey: key, generation: 0 } },
    ]);
  });

  it('puts an unsafe attempt of an older epoch in doubt, until its true outcome or a person settles it', () => {
    const { run } = after(abc, start('a', 'unsafe'));
    const doubted = fold(
      run,
      decide({ type: 'RecoverNode', data: { instanceId: 'a', epoch: 2, now } }, run),
    );
    expect(doubted.instances.get('a')).toMatchObject({ status: 'in_doubt' });
    expect(plan(doubted)).toEqual([]);
    expect(fold(doubted, decide(complete('a', 7), doubted)).instances.get('a')).toMatchObject({
      output: 7,
    });
    const retry = { nodeId: 'a', resolution: { action: 'retry' as const }, now };
    expect(decide({ type: 'ResolveNode', data: retry }, doubted)).toMatchObject([
      { type: 'NodeRetryScheduled', data: { attempt: 2, generation: 1 } },
    ]);
  });

  it('never repeats an unsafe effect by itself', () => {
    const unknown = after(abc, start('a', 'unsafe'), fail('a', true, 1, true));
    expect(typesOf(unknown.log).at(-1)).toBe('NodeInDoubt');
    const known = after(abc, start('a', 'unsafe'), fail('a', true));
    expect(known.run.status).toBe('failed');
  });

  it('fails a run in which a failure and a retry by policy meet', () => {
    const { run } = after(
      startWorkflow([node('a'), node('b', 'noop@1', { onInDoubt: 'retry' })], []),
      ...[start('a'), start('b', 'unsafe'), fail('a', false)],
    );
    const recovered = decide(
      { type: 'RecoverNode', data: { instanceId: 'b', epoch: 2, now } },
      run,
    );
    expect(typesOf(recovered)).toEqual(['NodeInDoubt', 'NodeRetryScheduled', 'WorkflowFailed']);
  });

  it('calls running attempts off when it is cancelled, and keeps a late answer as such', () => {
    const { run, log } = after(abc, start('a'), { type: 'CancelWorkflow', data: { reason: null } });
    expect(typesOf(log).slice(-2)).toEqual(['WorkflowCancelled', 'NodeCancelled']);
    expect(plan(run)).toEqual([]);
    const late = decide(complete('a', 1), run);
    expect(typesOf(late)).toEqual(['LateOutcomeRecorded']);
    expect(fold(run, late).status).toBe('cancelled');
    expect(decide(complete('a', 1), fold(run, late))).toEqual([]);
    expect(() => decide({ type: 'CancelWorkflow', data: { reason: null } }, run)).toThrow(
      'Cannot cancel execution with status: cancelled',
    );
  });

  it('waits for a delay and completes it when its timer fires', () => {
    const { run } = after(startWorkflow([node('d', 'delay@1')], []), {
      type: 'SetTimer',
      data: { instanceId: 'd', dueAt: now },
    });
    expect(plan(run)).toEqual([{ type: 'wake', timerId: 'delay:d', dueAt: now }]);
    const events = decide({ type: 'FireTimer', data: { timerId: 'delay:d', now } }, run);
    expect(typesOf(events)).toEqual(['TimerFired', 'NodeCompleted', 'WorkflowCompleted']);
  });

  it('completes a delay whose record broke off after its timer fired', () => {
    const { run } = after(startWorkflow([node('d', 'delay@1')], []), {
      type: 'SetTimer',
      data: { instanceId: 'd', dueAt: now },
    });
    const [fired] = decide({ type: 'FireTimer', data: { timerId: 'delay:d', now } }, run);
    const brokenOff = fold(run, fired ? [fired] : []);
    expect(typesOf(decide(settle, brokenOff))).toEqual(['NodeCompleted', 'WorkflowCompleted']);
  });

  it('folds event by event to the same state as in one go, and leaves earlier states alone', () => {
    const { log } = after(abc, start('a'), complete('a', 1), start('b'));
    const steps = log.reduce<Run[]>(
      (runs, event) => [...runs, evolve(runs.at(-1) ?? initialRun, event)],
      [],
    );
    expect(steps.at(-1)).toEqual(fold(initialRun, log));
    expect(steps[0]?.instances.size).toBe(0);
  });

  it('is forgotten only when it has ended, once', () => {
    const { run } = after(abc);
    const forget: ExecutionCommand = { type: 'RecordErasure', data: {} };
    expect(() => decide(forget, run)).toThrow('ended');
    const ended = fold(run, decide({ type: 'CancelWorkflow', data: { reason: null } }, run));
    const erased = fold(ended, decide(forget, ended));
    expect(erased.erased).toBe(true);
    expect(decide(forget, erased)).toEqual([]);
  });
});
