import type { FactView } from '@studio/contracts';

import { endingOf, followRun } from '../../cli/followRun.ts';
import { type Example, saveExample, startExample } from '../examples.ts';
import { nodeProgress } from '../nodeProgress.ts';
import type { Board } from '../stage.ts';
import type { Tour } from './tour.ts';

/** Articles whose stock is not told at the first time of asking. */
export const busyArticles = ['ink', 'lamp'];

const orders = [
  { id: 'A-1', card: '4242', items: [{ name: 'pen', price: 2, count: 3 }] },
  { id: 'A-2', card: '4242', items: [{ name: 'ink', price: 9, count: 1 }] },
  { id: 'A-3', card: '4242', items: [{ name: 'desk', price: 240, count: 1 }] },
  { id: 'A-4', card: '4242', items: [{ name: 'lamp', price: 35, count: 2 }] },
  { id: 'A-5', card: 'declined', items: [{ name: 'chair', price: 99, count: 4 }] },
];
type Order = (typeof orders)[number];

/** Rows that live on when the board they stood on is done with. */
const createRows = () => {
  const texts = new Map(orders.map(({ id }) => [id, 'waiting']));
  let board: Board | null = null;
  return {
    put: (make: (rows: ReadonlyMap<string, string>) => Board): void => {
      board = make(texts);
    },
    takeAway: (): void => {
      board = null;
    },
    show: (id: string, text: string): void => {
      texts.set(id, text);
      board?.show(id, text);
    },
  };
};
type Rows = ReturnType<typeof createRows>;

interface Placed {
  readonly order: Order;
  readonly run: string;
  /** Resolves once the card was charged, or declined for good. */
  readonly charged: Promise<unknown>;
  readonly ended: Promise<FactView>;
  readonly isOpen: () => boolean;
  /** Revision of the last fact that was seen. */
  readonly seenUpTo: () => number;
}

/** A run, and where in it the studio was killed. */
export interface KilledRun {
  readonly run: string;
  readonly revision: number;
}

/** The run's output is that of its end node, `shipped` or `declined`, under the node's id. */
const statusIn = ({ type, data }: FactView): string => {
  if (type !== 'WorkflowCompleted') return type;
  const { output } = data as { output: Readonly<Record<string, { status: string }>> }; // see examples/order-flow.json
  return Object.values(output)[0]?.status ?? '';
};

const place = async (tour: Tour, example: Example, order: Order, rows: Rows): Promise<Placed> => {
  const { visitor, world } = tour;
  const run = await startExample(visitor, example, { ...order, baseUrl: world.url });
  const charged = Promise.withResolvers<unknown>();
  let [open, revision] = [true, 0];
  const follow = async (): Promise<FactView> => {
    for await (const fact of followRun(visitor.shell, visitor.source, run)) {
      revision = fact.revision;
      const seen = nodeProgress(fact);
      if (seen) rows.show(order.id, `${example.titles.get(seen.nodeId) ?? ''}: ${seen.text}`);
      if (fact.type === 'TimerSet' && seen?.nodeId === 'pack') charged.resolve(null);
      if (!endingOf(fact)) continue;
      open = false;
      rows.show(order.id, statusIn(fact));
      return fact;
    }
    throw new Error(`The run of ${order.id} has no end`);
  };
  const ended = follow();
  ended.then(charged.resolve, charged.reject);
  return {
    order,
    run,
    charged: charged.promise,
    ended,
    isOpen: () => open,
    seenUpTo: () => revision,
  };
};

const pullThePlug = async ({ stage, studio }: Tour, placed: readonly Placed[]): Promise<void> => {
  const open = placed.filter((each) => each.isOpen()).length;
  const pid = studio.pid();
  await studio.kill();
  stage.say(`kill -9 ${pid}`);
  stage.claim(open > 0, `The studio is dead, with ${open} of ${placed.length} orders under way`);
  const tookMs = await studio.start();
  stage.say(`Started again in ${(tookMs / 1000).toFixed(1)} s. Nobody tells it what was going on.`);
};

/** Five orders, a kill -9 in the middle of them, and the count of what happened to the cards. Answers the first of them. */
export const takeOrders = async (tour: Tour): Promise<KilledRun> => {
  const { stage, visitor, world } = tour;
  stage.act('Five orders, and kill -9 in the middle');
  stage.say(
    'Stock is asked for (twice it answers 503), the card is charged, then packing takes 3 s.',
  );
  const example = await saveExample(visitor, 'order-flow');
  const rows = createRows();
  rows.put((texts) => stage.board(texts));
  const placed = await Promise.all(orders.map((order) => place(tour, example, order, rows)));
  await Promise.all(placed.map(({ charged }) => charged));
  const callsBefore = world.calls().length;
  rows.takeAway();
  const [first] = placed.map(({ run, seenUpTo }) => ({ run, revision: seenUpTo() }));

  await pullThePlug(tour, placed);
  rows.put((texts) => stage.board(texts));
  const endings = await Promise.all(placed.map(({ ended }) => ended));

  const shipped = endings.filter((fact) => statusIn(fact) === 'shipped').length;
  const declined = endings.filter((fact) => statusIn(fact) === 'declined').length;
  stage.claim(
    shipped === 4 && declined === 1,
    'All five went on where they were: 4 shipped, 1 declined by its error output',
  );
  const charges = world.calls().filter(({ route }) => route === 'POST /charges');
  stage.claim(
    charges.length === orders.length && new Set(charges.map(({ about }) => about)).size === 5,
    `${charges.length} requests to charge a card arrived for 5 orders, one for each`,
  );
  const asked = world.calls().filter(({ route }) => route === 'GET /stock');
  stage.claim(
    asked.length === orders.length + busyArticles.length,
    `${asked.length} questions about stock: one for each order, and ${busyArticles.length} asked again after a 503`,
  );
  stage.claim(
    world.calls().length === callsBefore,
    'After the kill nothing was called again: what had been done was on record',
  );
  return first ?? { run: '', revision: 0 };
};
