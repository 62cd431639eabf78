import type { LogEventView } from '@studio/contracts';

import { button, el } from './elements.ts';
import { toneOfType } from './facts.ts';
import { openedEvent, type OpenedEventParts } from './openedEvent.ts';
import { momentOf, placeOf, visible } from './words.ts';

export interface EventList {
  readonly element: HTMLElement;
  /** A page of it, the first one in place of what was there; `isLast`: no more can be read. */
  add(events: readonly LogEventView[], at: { isFirst: boolean; isLast: boolean }): void;
  /** Opens the first event and takes the reader there. */
  openFirst(): void;
}

const entry = (event: LogEventView, parts: OpenedEventParts): HTMLElement => {
  const { type, stream, revision, position, metadata } = event;
  const details = el(
    'details',
    { 'data-event': event.eventId },
    el(
      'summary',
      {},
      el('time', { datetime: metadata.occurredAt }, momentOf(metadata.occurredAt)),
      el('span', { class: `type tone-${toneOfType(type)}` }, visible(type)),
      el('span', { class: 'actor' }, metadata.actor.kind),
      el('span', { class: 'stream' }, `${visible(stream)} ${revision}`),
      el('span', { class: 'position' }, placeOf(position)),
    ),
  );
  const fill = (): void => {
    details.removeEventListener('toggle', fill);
    details.append(openedEvent(event, parts));
  };
  details.addEventListener('toggle', fill);
  return el('li', {}, details);
};

/** Events, the newest first; each opens to all that is known of it. */
export const createEventList = (parts: OpenedEventParts, onMore: () => void): EventList => {
  const list = el('ol', { class: 'events', 'aria-label': 'Events' });
  const more = button('Show older', onMore, { class: 'more', hidden: true });
  return {
    element: el('div', {}, list, more),
    add: (events, { isFirst, isLast }) => {
      const entries = events.map((event) => entry(event, parts));
      if (isFirst) list.replaceChildren(...entries);
      else list.append(...entries);
      more.hidden = isLast;
    },
    openFirst: () => {
      const first = list.querySelector('details');
      if (!first) return;
      first.open = true;
      first.querySelector('summary')?.focus();
    },
  };
};
