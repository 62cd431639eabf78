import type { StreamsView, StreamView } from '@studio/contracts';

import { withQuery } from './address.ts';
import { createCursorPages } from './cursorPages.ts';
import { button, el } from './elements.ts';
import { categoryField, filterForm } from './opsFilters.ts';
import { opsFrame } from './opsFrame.ts';
import type { OpsStreamsRoute } from './opsRoute.ts';
import { runLink, streamLink } from './streamLinks.ts';
import type { View, ViewParts } from './view.ts';
import { counted, momentOf } from './words.ts';

const pageSize = '50';
const headings = ['Stream', 'Events', 'Begun', 'Last written', 'Run'];

const row = ({ stream, revision, created_at, updated_at }: StreamView): HTMLElement =>
  el(
    'tr',
    {},
    el('th', { scope: 'row' }, streamLink(stream, null, stream)),
    el('td', {}, (revision + 1).toLocaleString()),
    ...[created_at, updated_at].map((instant) =>
      el('td', {}, el('time', { datetime: instant }, momentOf(instant))),
    ),
    el('td', {}, runLink(stream, null) ?? ''),
  );

/** Every stream of the log by its name, the last first: names sort as they were made. */
export const createOpsStreamsView = (
  parts: ViewParts,
  start: OpsStreamsRoute,
): View<OpsStreamsRoute> => {
  let route = start;
  const count = el('span', { class: 'count', role: 'status' });
  const body = el('tbody');
  const more = button('Show more', () => pages.more(), { class: 'more', hidden: true });
  const category = categoryField();
  const prefix = el('input', { type: 'text', maxlength: 300, size: 30 });

  const pages = createCursorPages<StreamView>({
    ...parts,
    read: (after) => {
      const query = { category: route.category, prefix: route.prefix, after: after ?? '' };
      return parts.session.get<StreamsView>(
        withQuery('/ops/streams', { ...query, backwards: 'true', limit: pageSize }),
      );
    },
    onPage: (items, { isFirst, isLast }) => {
      if (isFirst) body.replaceChildren();
      body.append(...items.map(row));
      more.hidden = isLast;
      count.textContent = `${counted(body.children.length, 'stream')}${isLast ? '' : ' and more'}`;
    },
  });
  const apply = (next: OpsStreamsRoute): void => {
    route = next;
    category.value = next.category;
    prefix.value = next.prefix;
    pages.begin();
  };
  const change = (): void => {
    const next = { ...route, category: category.value, prefix: prefix.value.trim() };
    parts.keepRoute(next);
    apply(next);
  };
  apply(start);

  return {
    title: 'Streams',
    element: opsFrame(
      { title: 'Streams of the log', here: 'opsStreams', count },
      filterForm(
        'Which streams',
        [
          ['Category', category],
          ['Begins with', prefix],
        ],
        change,
      ),
      el(
        'div',
        { class: 'wide' },
        el(
          'table',
          { class: 'list', 'aria-label': 'Streams' },
          el(
            'thead',
            {},
            el('tr', {}, ...headings.map((name) => el('th', { scope: 'col' }, name))),
          ),
          body,
        ),
      ),
      more,
    ),
    show: apply,
  };
};
