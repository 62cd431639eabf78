import type { LogEventView, StreamEventsView } from '@studio/contracts';

import { withQuery } from './address.ts';
import { createCursorPages, type CursorPage } from './cursorPages.ts';
import { button, el } from './elements.ts';
import { createEventList } from './eventList.ts';
import { opsFrame } from './opsFrame.ts';
import { type OpsStreamRoute, streamRoute } from './opsRoute.ts';
import { runLink } from './streamLinks.ts';
import type { View, ViewParts } from './view.ts';
import { counted, visible } from './words.ts';

const pageSize = '50';

/** The events of one stream, from the one that the address names, or from the newest one, to the first. */
export const createOpsStreamView = (
  parts: ViewParts,
  { stream, at: start }: OpsStreamRoute,
): View<OpsStreamRoute> => {
  let at = start;
  const count = el('span', { class: 'count', role: 'status' });
  const path = `/ops/streams/${encodeURIComponent(stream)}`;

  const read = async (after: string | null): Promise<CursorPage<LogEventView>> => {
    const from = after ?? String(at ?? '');
    const { items, next, revision } = await parts.session.get<StreamEventsView>(
      withQuery(path, { from, backwards: 'true', limit: pageSize }),
    );
    const all = counted(revision + 1, 'event');
    count.textContent = at === null ? all : `back from revision ${at}; ${all}`;
    return { items, next: next === null ? null : String(next) };
  };

  const list = createEventList(parts, () => pages.more());
  const pages = createCursorPages<LogEventView>({
    ...{ ...parts, read },
    onPage: (items, page) => {
      list.add(items, page);
      newest.hidden = at === null;
      if (page.isFirst && at !== null) list.openFirst();
    },
  });
  const go = (next: number | null): void => {
    at = next;
    pages.begin();
  };
  const newest = button('Newest', () => {
    parts.keepRoute(streamRoute(stream));
    go(null);
  });
  const run = runLink(stream, null);
  newest.hidden = true;
  pages.begin();

  return {
    title: visible(stream),
    element: opsFrame(
      { title: visible(stream), here: 'opsStream', count },
      el('div', { class: 'tools' }, newest, ...(run ? [run] : [])),
      list.element,
    ),
    show: (next) => go(next.at),
  };
};
