import { button, el, oncePerFrame } from './elements.ts';
import type { RunsRoute } from './route.ts';
import type { Run } from './runList.ts';
import { openRuns } from './runs.ts';
import { createRunsTable } from './runsTable.ts';
import { labelOf } from './states.ts';
import type { View, ViewParts } from './view.ts';
import { counted, visible } from './words.ts';

const statuses = ['', 'running', 'paused', 'completed', 'failed', 'cancelled', 'pending'];

const nothing = (isFiltered: boolean): HTMLElement =>
  isFiltered
    ? el('p', { class: 'empty' }, 'No run is like that.')
    : el(
        'p',
        { class: 'empty' },
        'No run yet. The README starts one in five minutes; it appears here as it begins.',
      );

/** The list of runs, newest first. */
export const createRunsView = (parts: ViewParts, start: RunsRoute): View<RunsRoute> => {
  let route = start;
  let isRead = false;
  const table = createRunsTable('runs-title', (run) =>
    parts.announce(`${visible(run.workflow_name)}: ${labelOf(run.status)}`),
  );
  const count = el('span', { class: 'count', role: 'status' });
  const empty = el('div');
  const find = el('input', {
    ...{ type: 'search', placeholder: 'name or id', 'aria-label': 'Filter the runs shown' },
    value: route.find,
  });

  const filter = (): void => {
    const some = table.filter(route.find);
    table.element.hidden = !some;
    empty.replaceChildren(...(some || !isRead ? [] : [nothing(route.find + route.status !== '')]));
  };

  let shown: { found: readonly Run[]; total: number } = { found: [], total: 0 };
  const draw = oncePerFrame(() => {
    const { found, total } = shown;
    isRead = true;
    table.show(found);
    count.textContent = counted(total, 'run');
    more.hidden = found.length >= total;
    filter();
  });

  const more = button('Show more', () => runs.more(), { class: 'more', hidden: true });
  const runs = openRuns({
    ...parts,
    onState: parts.liveState,
    onChange: (found, total) => {
      shown = { found, total };
      draw();
    },
  });

  const tabs = statuses.map((status) =>
    button(status === '' ? 'all' : labelOf(status), () => go({ status }), { 'data-value': status }),
  );
  const press = (): void =>
    tabs.forEach((tab) => {
      tab.setAttribute('aria-pressed', String(tab.getAttribute('data-value') === route.status));
    });
  const apply = (next: RunsRoute): void => {
    const changed = next.status !== route.status;
    route = next;
    press();
    if (changed) runs.choose(route.status);
    filter();
  };
  const go = (change: Partial<RunsRoute>): void => {
    const next = { ...route, ...change };
    parts.keepRoute(next);
    apply(next);
  };
  find.addEventListener('input', () => go({ find: find.value }));
  press();
  runs.choose(route.status);

  return {
    title: 'Runs',
    element: el(
      'div',
      {},
      el(
        'div',
        { class: 'heading title' },
        el('h1', { id: 'runs-title', tabindex: -1 }, 'Runs'),
        count,
      ),
      el(
        'div',
        { class: 'tools', role: 'search' },
        el('div', { class: 'segments', role: 'group', 'aria-label': 'Which runs' }, ...tabs),
        find,
      ),
      ...[table.element, empty, more],
    ),
    show: (next) => {
      if (find.value !== next.find) find.value = next.find;
      apply(next);
    },
  };
};
