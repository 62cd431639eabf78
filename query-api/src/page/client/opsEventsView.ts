import type { LogEventsView, LogEventView } from '@studio/contracts';

import { withQuery } from './address.ts';
import { createCursorPages, type CursorPage } from './cursorPages.ts';
import { el } from './elements.ts';
import { createEventList } from './eventList.ts';
import { createEventFilters } from './opsFilters.ts';
import { opsFrame } from './opsFrame.ts';
import type { EventsWanted, OpsEventsRoute } from './opsRoute.ts';
import type { View, ViewParts } from './view.ts';
import { counted } from './words.ts';

const pageSize = '50';

/** What the log holds, the newest first. */
export const createOpsEventsView = (
  parts: ViewParts,
  start: OpsEventsRoute,
): View<OpsEventsRoute> => {
  let wanted: EventsWanted = start;
  let shown = 0;
  const count = el('span', { class: 'count', role: 'status' });

  const read = async (after: string | null): Promise<CursorPage<LogEventView>> => {
    const { category, type, actor, correlation, from, to } = wanted;
    const query = { category, type, actor, correlation, from, to, after: after ?? '' };
    const { items, next, more } = await parts.session.get<LogEventsView>(
      withQuery('/ops/events', { ...query, backwards: 'true', limit: pageSize }),
    );
    return { items, next: more ? next : null };
  };

  const words = (isLast: boolean): string => {
    if (isLast) return shown === 0 ? 'No event is like that.' : counted(shown, 'event');
    return `the newest ${counted(shown, 'event')}`;
  };

  const list = createEventList(parts, () => pages.more());
  const pages = createCursorPages<LogEventView>({
    ...{ ...parts, read },
    onPage: (items, at) => {
      shown = at.isFirst ? items.length : shown + items.length;
      list.add(items, at);
      count.textContent = words(at.isLast);
    },
  });
  const filters = createEventFilters((next) => {
    wanted = next;
    parts.keepRoute({ page: 'opsEvents', ...next });
    pages.begin();
  });
  filters.show(start);
  pages.begin();

  return {
    title: 'Events',
    element: opsFrame(
      { title: 'Events of the log', here: 'opsEvents', count },
      ...[filters.element, list.element],
    ),
    show: (next) => {
      wanted = next;
      filters.show(next);
      pages.begin();
    },
  };
};
