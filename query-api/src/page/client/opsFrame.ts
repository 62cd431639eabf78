import { el } from './elements.ts';
import { everyEvent, formatOpsRoute, type OpsRoute } from './opsRoute.ts';

const places: readonly (readonly [string, OpsRoute])[] = [
  ['Subscribers and executors', { page: 'opsState' }],
  ['Events', everyEvent],
  ['Streams', { page: 'opsStreams', category: '', prefix: '' }],
];

/** The parts for administrators all have a title, something that counts what is shown, and the way to the others. */
export const opsFrame = (
  { title, here, count }: { title: string; here: OpsRoute['page']; count: HTMLElement },
  ...content: readonly HTMLElement[]
): HTMLElement =>
  el(
    'div',
    { class: 'ops' },
    el('div', { class: 'heading title' }, el('h1', { tabindex: -1 }, el('bdi', {}, title)), count),
    el(
      'nav',
      { class: 'parts', 'aria-label': 'Operations' },
      ...places.map(([name, route]) =>
        el(
          'a',
          { href: formatOpsRoute(route), 'aria-current': route.page === here && 'page' },
          name,
        ),
      ),
    ),
    ...content,
  );
