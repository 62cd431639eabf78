import type { CausalityView, LogEventView } from '@studio/contracts';

import { causalTree } from './causalView.ts';
import { button, el } from './elements.ts';
import { paintedJson } from './jsonPaint.ts';
import { readableJson, wholeJson } from './jsonText.ts';
import { everyEvent, formatOpsRoute } from './opsRoute.ts';
import { patiently } from './request.ts';
import { runLink, streamLink } from './streamLinks.ts';
import type { ViewParts } from './view.ts';

export type OpenedEventParts = Pick<ViewParts, 'session' | 'signal' | 'fail'>;

const envelope = (event: LogEventView): HTMLElement => {
  const { text, isWhole } = readableJson(event);
  const pre = el(
    'pre',
    { class: 'envelope', tabindex: 0, role: 'region', 'aria-label': 'Envelope' },
    ...paintedJson(text),
  );
  const all = button('Show all of it', () => {
    pre.replaceChildren(wholeJson(event));
    all.remove();
  });
  return el('div', {}, pre, ...(isWhole ? [] : [all]));
};

const ways = ({ stream, revision, metadata: { correlationId } }: LogEventView): HTMLElement => {
  const run = runLink(stream, revision);
  const related = formatOpsRoute({ ...everyEvent, correlation: correlationId });
  return el(
    'div',
    { class: 'ways' },
    streamLink(stream, revision, 'In its stream'),
    ...(run ? [run] : []),
    el('a', { href: related }, 'All of the same request'),
  );
};

const causality = (eventId: string, { session, signal, fail }: OpenedEventParts): HTMLElement => {
  const place = el('section', { 'aria-label': 'Causes and effects', 'aria-busy': 'true' });
  const read = async (): Promise<void> => {
    const path = `/ops/events/${encodeURIComponent(eventId)}/causality`;
    const answer = await patiently(
      () => session.get<CausalityView>(path),
      signal,
      () => undefined,
    );
    if (!answer) return;
    place.append(causalTree(answer));
    place.setAttribute('aria-busy', 'false');
  };
  place.append(el('h2', {}, 'Causes and effects'));
  read().catch(fail);
  return place;
};

/** All that is known of an event: its envelope, where it leads, what caused it and what it caused. */
export const openedEvent = (event: LogEventView, parts: OpenedEventParts): HTMLElement =>
  el('div', { class: 'opened' }, ways(event), envelope(event), causality(event.eventId, parts));
