import { el } from './elements.ts';
import { createOpsEventsView } from './opsEventsView.ts';
import type { OpsRoute } from './opsRoute.ts';
import { createOpsStateView } from './opsStateView.ts';
import { createOpsStreamsView } from './opsStreamsView.ts';
import { createOpsStreamView } from './opsStreamView.ts';
import type { View, ViewParts } from './view.ts';

const closed = (): View<OpsRoute> => ({
  title: 'Operations',
  element: el(
    'section',
    { class: 'empty' },
    el('h1', { tabindex: -1 }, 'For administrators of the studio'),
    el('p', {}, el('a', { href: '#/executions' }, 'All runs')),
  ),
  show: () => undefined,
});

/** The part for administrators; to others it says so, and asks the studio for nothing. */
export const createOpsView = (parts: ViewParts, route: OpsRoute): View<never> => {
  if (!parts.session.person()?.isAdministrator) {
    parts.liveState('still');
    return closed();
  }
  switch (route.page) {
    case 'opsState':
      return createOpsStateView(parts);
    case 'opsEvents':
      return createOpsEventsView(parts, route);
    case 'opsStreams':
      return createOpsStreamsView(parts, route);
    case 'opsStream':
      return createOpsStreamView(parts, route);
  }
};
