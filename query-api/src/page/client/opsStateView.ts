import type { ExecutorsView, SubscribersView, SubscriberView } from '@studio/contracts';

import { el } from './elements.ts';
import { createFreshTable } from './freshTable.ts';
import { opsFrame } from './opsFrame.ts';
import type { OpsStateRoute } from './opsRoute.ts';
import { restMs } from './quota.ts';
import { patiently } from './request.ts';
import { badge, labelOf } from './states.ts';
import type { View, ViewParts } from './view.ts';
import { whileVisible } from './whileVisible.ts';
import { duration, momentOf, placeOf, visible } from './words.ts';

/** What the API counts up to. */
const countedEvents = 1_000;

type ExecutorView = ExecutorsView['items'][number];

const subscriberKey = ({ subscriber, process }: SubscriberView): string =>
  `${subscriber} ${process ?? ''}`;

const behind = (events: number): string =>
  events >= countedEvents ? `${countedEvents.toLocaleString()} or more` : String(events);

const subscribersTable = () =>
  createFreshTable<SubscriberView>({
    title: 'Subscribers',
    headings: ['Name', 'State', 'Position', 'Events behind', 'For', 'Set aside', 'Process'],
    keyOf: subscriberKey,
    cellsOf: ({
      subscriber,
      state,
      position,
      lag_events,
      lag_ms,
      parked_streams,
      role,
      process,
    }) => [
      ...[visible(subscriber), badge(state), placeOf(position), behind(lag_events)],
      lag_events === 0 ? '' : duration(lag_ms),
      parked_streams === null ? '' : String(parked_streams),
      el('span', {}, role ?? '', el('code', {}, visible(process ?? ''))),
    ],
  });

const executorsTable = () =>
  createFreshTable<ExecutorView>({
    title: 'Executors',
    headings: ['Name', 'State', 'Shards', 'Runs in hand', 'Effects in flight', 'Since', 'Process'],
    keyOf: ({ owner }) => owner,
    cellsOf: ({ owner, role, state, shards, live_runs, effects_in_flight, started_at }) => [
      ...[el('code', {}, visible(owner)), badge(state), `${shards.length} of 64`],
      ...[String(live_runs), String(effects_in_flight), momentOf(started_at), role],
    ],
  });

/** How far each subscriber of the log is, and what each executor has in hand; both kept fresh. */
export const createOpsStateView = (parts: ViewParts): View<OpsStateRoute> => {
  const { session, signal } = parts;
  const subscribers = subscribersTable();
  const executors = executorsTable();
  const count = el('span', { class: 'count' });
  let states = new Map<string, string>();

  /** Whoever listens hears of changes alone. */
  const tell = (items: readonly SubscriberView[]): void => {
    const before = states;
    states = new Map(items.map((item) => [subscriberKey(item), item.state]));
    for (const item of items) {
      const known = before.get(subscriberKey(item));
      if (known !== undefined && known !== item.state)
        parts.announce(`${visible(item.subscriber)}: ${labelOf(item.state)}`);
    }
  };

  const read = async (): Promise<void> => {
    const ask = () =>
      Promise.all([
        session.get<SubscribersView>('/ops/subscriptions'),
        session.get<ExecutorsView>('/ops/executors'),
      ]);
    const answers = await patiently(ask, signal, () => parts.liveState('connecting'));
    if (!answers) return;
    const [{ items, log_end }, { items: owners }] = answers;
    parts.liveState('live');
    count.textContent = `the log ends at ${placeOf(log_end)}`;
    subscribers.show(items);
    executors.show(owners);
    tell(items);
  };
  whileVisible(read, () => restMs(session.shareLeft()), signal).catch(parts.fail);

  return {
    title: 'Operations',
    element: opsFrame(
      { title: 'Operations', here: 'opsState', count },
      ...[subscribers.element, executors.element],
    ),
    show: () => undefined,
  };
};
