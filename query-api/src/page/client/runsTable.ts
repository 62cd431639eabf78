import { arrange, el } from './elements.ts';
import type { Run } from './runList.ts';
import { runRow } from './runRow.ts';

export interface RunsTable {
  readonly element: HTMLElement;
  /** These runs and no others, in this order. */
  show(runs: readonly Run[]): void;
  /** Hides what does not hold the text in its name or id. False: nothing is left. */
  filter(find: string): boolean;
}

interface Row {
  readonly run: Run;
  readonly element: HTMLTableRowElement;
}

const headings = ['State', 'Run', 'Nodes done', 'Trigger', 'Started', 'Took'];

/** Arrow keys go from run to run; Tab does so too, as for all links. */
const walk = (event: KeyboardEvent, body: HTMLElement): void => {
  const links = [...body.querySelectorAll<HTMLElement>('tr:not([hidden]) a')];
  const here = links.findIndex((link) => link === document.activeElement);
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowDown: here + 1, ArrowUp: Math.max(0, here - 1) },
    ...{ Home: 0, End: links.length - 1 },
  };
  const link = links[steps[event.key] ?? -1];
  if (here === -1 || !link) return;
  event.preventDefault();
  link.focus();
};

/** Puts the new row in place of the old one, and the focus with it. */
const replace = (old: HTMLElement, row: HTMLElement): void => {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(row);
  if (hadFocus) row.querySelector('a')?.focus();
};

const isSame = (a: Run, b: Run): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** `onStatus` is told of a run whose status changed while it was shown. */
export const createRunsTable = (titleId: string, onStatus: (run: Run) => void): RunsTable => {
  const rows = new Map<string, Row>();
  const body = el('tbody');
  let wanted = '';
  body.addEventListener('keydown', (event) => walk(event, body));

  const isShown = ({ workflow_name, id }: Run): boolean =>
    `${workflow_name} ${id}`.toLowerCase().includes(wanted);

  const draw = (run: Run): HTMLTableRowElement => {
    const old = rows.get(run.id);
    if (old && isSame(old.run, run)) return old.element;
    const element = runRow(run);
    element.hidden = !isShown(run);
    rows.set(run.id, { run, element });
    if (!old) return element;
    replace(old.element, element);
    if (old.run.status !== run.status) onStatus(run);
    return element;
  };

  return {
    element: el(
      'table',
      { class: 'list runs', 'aria-labelledby': titleId },
      el('thead', {}, el('tr', {}, ...headings.map((name) => el('th', { scope: 'col' }, name)))),
      body,
    ),
    show: (runs) => {
      const ids = new Set(runs.map(({ id }) => id));
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
      arrange(body, runs.map(draw));
    },
    filter: (find) => {
      wanted = find.trim().toLowerCase();
      for (const { run, element } of rows.values()) element.hidden = !isShown(run);
      return [...rows.values()].some(({ element }) => !element.hidden);
    },
  };
};
