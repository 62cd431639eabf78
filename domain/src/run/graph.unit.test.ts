import { describe, expect, it } from '@jest/globals';
import { defaultRetryPolicy, type Definition, type ExecutionCommand } from '@studio/contracts';

import { graphOf } from './graph.ts';
import { decide, fold, initialRun, plan, type Run } from './index.ts';

/** `a>b` for a connection. */
const definition = (...edges: readonly string[]): Definition => {
  const connections = edges.map((edge) => {
    const [source = '', target = ''] = edge.split('>');
    return { source, target, sourceHandle: 'output' };
  });
  const ids = new Set(connections.flatMap(({ source, target }) => [source, target]));
  return {
    connections,
    nodes: [...ids].map((id) => ({
      ...{ id, name: id, type: 'action', kind: 'noop@1', config: {}, onInDoubt: 'ask' },
      retry: defaultRetryPolicy,
    })),
  };
};
const chain = definition('b>c', 'a>b');
const diamond = definition('left>end', 'right>end', 'top>left', 'top>right');
const orderOf = (of: Definition) => graphOf(of).root.inOrder.map(({ id }) => id);

describe('the graph of a definition', () => {
  it('puts parents before their children', () => {
    expect(orderOf(chain)).toEqual(['a', 'b', 'c']);
    const order = orderOf(diamond);
    expect([order[0], order.slice(1, 3).sort(), order[3]]).toEqual([
      ...['top', ['left', 'right'], 'end'],
    ]);
  });

  it('knows the parents and the children of each node', () => {
    const { incoming, outgoing, root } = graphOf(diamond);
    const parents = (id: string) => incoming.get(id)?.map(({ source }) => source);
    const children = (id: string) => outgoing.get(id)?.map(({ target }) => target);
    expect([parents('top'), parents('end')]).toEqual([undefined, ['left', 'right']]);
    expect([children('top'), children('end')]).toEqual([['left', 'right'], undefined]);
    expect(root.endNodes.map(({ id }) => id)).toEqual(['end']);
  });
});

describe('what can be done for a run', () => {
  const run = (of: Definition): Run =>
    fold(
      initialRun,
      decide(
        {
          type: 'StartWorkflow',
          data: {
            ...{ executionId: 'e', workflowId: 'w', workflowVersion: 1, workflowName: 'W' },
            ...{ userId: 'u', keyId: 'k', engineVersion: 1, definition: of, definitionHash: 'h' },
            ...{ triggerType: 'manual', trigger: {}, context: {}, priority: 0, maxRetries: 3 },
            totalNodes: of.nodes.length,
          },
        },
        initialRun,
      ),
    );
  const after = (before: Run, instanceId: string): Run => {
    const done: ExecutionCommand = {
      type: 'CompletePureNode',
      data: { instanceId, handle: 'output', output: null },
    };
    return fold(before, decide(done, before));
  };
  const ready = (of: Run) =>
    plan(of).flatMap((effect) => (effect.type === 'begin' ? [effect.instanceId] : []));

  it('grows as nodes end, and a node is part of it once all its parents have', () => {
    const begun = run(diamond);
    expect(ready(begun)).toEqual(['top']);
    const split = after(begun, 'top');
    expect(ready(split).toSorted()).toEqual(['left', 'right']);
    expect(ready(after(split, 'left'))).toEqual(['right']);
    expect(ready(after(after(split, 'left'), 'right'))).toEqual(['end']);
    expect(
      decide(
        { type: 'CompletePureNode', data: { instanceId: 'end', handle: 'output', output: 1 } },
        split,
      ),
    ).toEqual([]);
  });
});
