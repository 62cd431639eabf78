import {
  defaultRetryPolicy,
  type DefinedConnection,
  type DefinedNode,
  type Definition,
} from '@studio/contracts';
import fc from 'fast-check';

const plain = [
  'noop@1',
  'noop@1',
  'condition@1',
  'merge@1',
  'delay@1',
  'end@1',
  'wait-for-event@1',
  'sub-workflow@1',
] as const;
const regions = ['for-each@1', 'while@1', 'try@1'] as const;

/** A body: how its nodes are, what stands in its regions, and which earlier node leads to which later one. */
interface Body {
  readonly nodes: readonly {
    readonly kind: string;
    readonly body: Body | null;
    readonly mode: string;
    readonly hasUndo: boolean;
  }[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly handle: string;
  }[];
}

const edges = fc.array(
  fc.record({
    from: fc.nat(4),
    to: fc.nat(4),
    handle: fc.constantFrom('output', 'output', 'true', 'false', 'error'),
  }),
  { maxLength: 6 },
);
const mode = fc.constantFrom('all', 'any', 'first');

const hasUndo = fc.constantFrom(false, false, true);

const bodyOfDepth = (depth: number): fc.Arbitrary<Body> => {
  const leaf = fc.record({
    kind: fc.constantFrom(...plain),
    body: fc.constant(null),
    mode,
    hasUndo,
  });
  const region =
    depth === 0
      ? leaf
      : fc.record({
          kind: fc.constantFrom(...regions),
          body: bodyOfDepth(depth - 1),
          mode,
          hasUndo,
        });
  const nodes = fc.array(
    fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: region }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  return fc.record({ nodes, edges });
};

const tried = { onInDoubt: 'ask', retry: { ...defaultRetryPolicy, maxRetries: 1 } } as const;
const compensation: DefinedNode['compensation'] = { kind: 'noop@1', config: {}, ...tried };

const flatten = ({ nodes, edges: lines }: Body, parent: string | null): Definition => {
  const idOf = (index: number): string => `${parent ?? ''}n${index}`;
  const own = nodes.map(({ kind, mode: config, hasUndo: undoable }, index): DefinedNode => ({
    ...{ id: idOf(index), name: idOf(index), type: 'logic', kind },
    ...{ config: { mode: config }, ...tried, ...(undoable ? { compensation } : {}) },
    ...(parent === null ? {} : { parent }),
  }));
  const connections = lines
    .filter(({ from, to }) => from < to && to < nodes.length)
    .map(({ from, to, handle }): DefinedConnection => ({
      source: idOf(from),
      target: idOf(to),
      sourceHandle: handle,
    }));
  const inner = nodes.flatMap(({ body }, index) => (body ? [flatten(body, idOf(index))] : []));
  return {
    nodes: [...own, ...inner.flatMap((each) => each.nodes)],
    connections: [...connections, ...inner.flatMap((each) => each.connections)],
  };
};

/** Workflows with all structures, nested in any way. */
export const anyWorkflow: fc.Arbitrary<Definition> = bodyOfDepth(2).map((body) =>
  flatten(body, null),
);
