import type { EventLog, KeyId, KeyRing } from '@studio/contracts';

import type { Context } from './context.ts';

/** Drops a data key from this process as soon as the log says that it was deleted, wherever that was. */
export const startKeyEviction = async (
  { releases, trouble }: Context,
  { log, keys }: { readonly log: EventLog; readonly keys: KeyRing },
): Promise<void> => {
  const stopping = new AbortController();
  const range = {
    ...{ after: await log.lastPosition(), filter: { types: ['DataErased'] } },
    ...{ signal: stopping.signal, subscriber: 'key eviction' },
  };
  const follow = async (): Promise<void> => {
    for await (const { events } of log.subscribe(range, 'sealed'))
      for (const event of events)
        if (event.type === 'DataErased') keys.evict(event.data.keyId as KeyId); // plain text in the log
  };
  // Should it ever end, a cached key lives for a minute at most.
  const following = follow().catch(trouble('dropping data keys'));
  releases.add('key eviction', async () => {
    stopping.abort();
    await following;
  });
};
