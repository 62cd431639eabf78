import { el } from './elements.ts';
import { formatRoute, runRoute } from './route.ts';
import type { Run } from './runList.ts';
import { badge, isOpen } from './states.ts';
import { duration, momentOf, visible } from './words.ts';

const tookOf = ({ duration_ms, status }: Run): string => {
  if (duration_ms !== null) return duration(duration_ms);
  return isOpen(status) ? '…' : '';
};

const progressOf = ({ completed_nodes, total_nodes, workflow_name }: Run): HTMLElement =>
  el(
    'span',
    { class: 'progress' },
    el('progress', {
      ...{ max: Math.max(1, total_nodes), value: completed_nodes },
      'aria-label': `Nodes done in ${visible(workflow_name)}`,
    }),
    el('span', {}, `${completed_nodes}/${total_nodes}`),
  );

/** A run as a line of the list; its name leads to it. */
export const runRow = (run: Run): HTMLTableRowElement => {
  const link = el(
    'a',
    { href: formatRoute(runRoute(run.id)) },
    el('bdi', {}, visible(run.workflow_name)),
  );
  const cell = (name: string, ...children: (Node | string)[]): HTMLElement =>
    el('td', { class: name }, ...children);
  return el(
    'tr',
    { 'data-run': run.id },
    cell('status', badge(run.status)),
    el('th', { scope: 'row' }, link, el('code', {}, run.id)),
    cell('nodes', progressOf(run)),
    cell('trigger', run.trigger_type),
    cell('started', el('time', { datetime: run.created_at }, momentOf(run.created_at))),
    cell('took', tookOf(run)),
  );
};
