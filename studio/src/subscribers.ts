import { createSubscriberTable, newId, type Subscriber, type SubscriberRow } from '@studio/infra';

import type { Context } from './context.ts';
import type { Storage } from './storage.ts';

const reportEveryMs = 2_000;

/** Tells the other processes on the database how far this one's subscribers are; answers where all of them are. */
export const startReporting = (
  { role, releases, trouble }: Pick<Context, 'role' | 'releases' | 'trouble'>,
  {
    database,
    subscribers,
  }: Pick<Storage, 'database'> & {
    readonly subscribers: () => readonly Subscriber[];
  },
): (() => Promise<readonly SubscriberRow[]>) => {
  const table = createSubscriberTable(database.rebuildable, { process: newId(), role });
  let reporting: Promise<void> | null = null;
  const report = (): Promise<void> =>
    (reporting ??= table.report(subscribers()).finally(() => (reporting = null)));
  const survived = trouble('saying how far the subscribers are');
  const timer = setInterval(() => void report().catch(survived), reportEveryMs);
  releases.add('report of subscribers', async () => {
    clearInterval(timer);
    await reporting?.catch(survived);
    await table.leave().catch(survived);
  });
  return async () => {
    await report();
    return table.rows();
  };
};
