import { type EventLog, StudioError } from '@studio/contracts';

import type { QueryApiDeps } from '../deps.ts';

/** What of the log the projection `streams` has not read; both ends are positions. */
export interface Unread {
  readonly after: bigint;
  readonly last: bigint;
}

/** So much of it is looked through event by event; the projection is seldom more than a moment behind. */
const mostUnread = 20_000n;

export const unreadByStreams = async (
  log: Pick<EventLog, 'lastPosition'>,
  positions: Pick<QueryApiDeps['positions'], 'positions'>,
): Promise<Unread> => {
  const all = await positions.positions();
  const after = all.find(({ projection }) => projection === 'streams')?.position ?? 0n;
  return { after, last: await log.lastPosition() };
};

/** Throws `service.unavailable` when there is too much to look through. */
export const refuseMuch = ({ after, last }: Unread): void => {
  if (last - after > mostUnread)
    throw new StudioError(
      'unavailable',
      'service.unavailable',
      'The streams are still being read',
      {
        retryAfterMs: 5_000,
      },
    );
};
