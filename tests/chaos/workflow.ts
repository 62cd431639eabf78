import { canvasNode, edge } from '../e2e/canvas.ts';

const inside = (parent: string, node: ReturnType<typeof canvasNode>) => ({
  ...node,
  data: { ...node.data, parent },
});

/** A call that the witness can tell from every other one: by its node, its run, and the iteration it is made in. */
const call = (server: string, id: string, { idempotent = true, at = '' } = {}) => {
  const url = `${server}/${id}?run={{execution.id}}${at === '' ? '' : `&at={{${at}}}`}`;
  const { data, ...node } = canvasNode(id, 'http-request', { url, method: 'POST', idempotent });
  return { ...node, data: { ...data, retry: { maxRetries: 8, delaysMs: [50, 100, 200] } } };
};

/** The calls that nobody may repeat without a person's word, and those that may be. */
export const unsafeCalls: readonly string[] = ['pay', 'itemPay'];
export const repeatableCalls: readonly string[] = ['tell', 'itemTell', 'againTell'];

/** At the same time, for one customer, and so many that begin within a time. */
export const most = { together: 24, ofOneCustomer: 4, within: 25, withinMs: 5_000 };

const forEach = (server: string) => [
  canvasNode('each', 'for-each', { items: '{{ [1, 2, 3] }}', window: 2 }),
  inside('each', call(server, 'itemTell', { at: 'index' })),
  inside('each', canvasNode('odd', 'condition', { expression: 'index % 2 = 1' })),
  inside('each', call(server, 'itemPay', { at: 'index', idempotent: false })),
  inside('each', canvasNode('itemPass', 'noop')),
  inside('each', canvasNode('itemJoin', 'merge', { mode: 'any' })),
];
const whileLoop = (server: string) => [
  canvasNode('zero', 'transform', { expression: '{"n": 0}' }),
  canvasNode('again', 'while', { expression: 'item.n < 3' }),
  inside('again', call(server, 'againTell', { at: 'index' })),
  inside('again', canvasNode('next', 'transform', { expression: '{"n": loops.again.index + 1}' })),
];
const tryRegion = (server: string) => [
  canvasNode('attempt', 'try'),
  inside('attempt', canvasNode('missing', 'http-request', { url: `${server}/missing` })),
  canvasNode('caught', 'noop'),
];
const asking = [
  canvasNode('ask', 'approval', { title: 'Go on?' }),
  canvasNode('yes', 'transform', { expression: '"yes"' }),
  canvasNode('no', 'transform', { expression: '"no"' }),
  canvasNode('answered', 'merge', { mode: 'any' }),
];
const paying = (server: string) => [
  call(server, 'pay', { idempotent: false }),
  canvasNode('rest', 'delay', { durationMs: 200 }),
  call(server, 'tell'),
  canvasNode('told', 'noop'),
];
const choosing = [
  canvasNode('route', 'switch', {
    cases: [{ name: 'even', expression: 'trigger.n % 2 = 0' }],
  }),
  canvasNode('even', 'noop'),
  canvasNode('uneven', 'noop'),
  canvasNode('routed', 'merge', { mode: 'all' }),
];

/** Thirty nodes: five branches with loops, a try, an approval, unsafe and repeatable calls that are retried, and joins. */
export const chaosWorkflow = (server: string) => ({
  name: 'Chaos',
  settings: {
    limits: [
      { most: most.together },
      { most: most.ofOneCustomer, per: 'trigger.customer' },
      { most: most.within, withinMs: most.withinMs },
    ],
  },
  nodes: [
    canvasNode('start', 'manual-trigger'),
    canvasNode('read', 'http-request', { url: `${server}/read?run={{execution.id}}` }),
    ...[...forEach(server), ...whileLoop(server), ...tryRegion(server)],
    ...[...asking, ...paying(server), ...choosing],
    canvasNode('join', 'merge', { mode: 'all' }),
    canvasNode('sum', 'transform', { expression: '$count($keys(input))' }),
    canvasNode('done', 'noop'),
  ],
  connections: [
    edge('start', 'read'),
    ...['each', 'zero', 'attempt', 'ask', 'pay', 'route'].map((branch) => edge('read', branch)),
    ...[edge('itemTell', 'odd'), edge('odd', 'itemPay', 'true'), edge('odd', 'itemPass', 'false')],
    ...[edge('itemPay', 'itemJoin'), edge('itemPass', 'itemJoin')],
    ...[edge('zero', 'again'), edge('againTell', 'next'), edge('attempt', 'caught', 'error')],
    ...[edge('ask', 'yes', 'approved'), edge('ask', 'no', 'rejected')],
    ...[edge('yes', 'answered'), edge('no', 'answered')],
    ...[edge('pay', 'rest'), edge('rest', 'tell'), edge('tell', 'told')],
    ...[edge('route', 'even', 'even'), edge('route', 'uneven', 'default')],
    ...[edge('even', 'routed'), edge('uneven', 'routed')],
    ...['each', 'again', 'caught', 'answered', 'told', 'routed'].map((end) => edge(end, 'join')),
    ...[edge('join', 'sum'), edge('sum', 'done')],
  ],
});
