import { el } from './elements.ts';
import { detailOf, type Fact, factTone, instanceOf, nodeIdOf } from './facts.ts';
import { createSpans, type Span } from './spans.ts';
import { duration, shortened } from './words.ts';

export interface Filter {
  readonly find: string;
  readonly node: string;
}

export interface Timeline {
  readonly element: HTMLElement;
  add(facts: readonly Fact[], names: ReadonlyMap<string, string>): void;
  show(at: number): void;
  /** How many facts the filter leaves. */
  filter(filter: Filter): number;
}

interface Row {
  readonly element: HTMLElement;
  readonly revision: number;
  readonly node: string;
  readonly words: string;
}

const rowId = (revision: number): string => `fact-${revision}`;

const laneOf = ({ from, to }: Span, tone: string): HTMLElement => {
  const bar = el('i', { class: `span tone-${tone}` });
  bar.style.setProperty('--from', String(from));
  bar.style.setProperty('--to', String(to));
  return el('span', { class: 'lane', 'aria-hidden': 'true' }, bar);
};

const rowOf = (fact: Fact, span: Span, names: ReadonlyMap<string, string>): Row => {
  const node = nodeIdOf(fact);
  const path = instanceOf(fact).slice(node.length);
  const [name, detail] = [`${names.get(node) ?? node}${path}`, detailOf(fact)];
  const took = span.to > span.from ? duration(span.to - span.from) : '';
  const element = el(
    'li',
    {
      id: rowId(fact.revision),
      role: 'option',
      'data-revision': fact.revision,
      'aria-selected': false,
    },
    el('span', { class: 'revision' }, String(fact.revision)),
    el('span', { class: 'offset' }, `+${duration(span.to)}`),
    el('span', { class: `type tone-${factTone(fact)}` }, fact.type),
    el(
      'span',
      { class: 'what', title: shortened(detail, 300) },
      el('bdi', { class: 'name' }, name),
      ' ',
      el('bdi', { class: 'detail' }, detail),
    ),
    laneOf(span, factTone(fact)),
    el('span', { class: 'took' }, took),
  );
  const words = `${fact.type} ${name} ${detail}`.toLowerCase();
  return { element, revision: fact.revision, node, words };
};

/** Moves by keys within the rows that are shown; null for a key that means nothing here. */
const target = (key: string, shown: readonly number[], at: number): number | null => {
  const here = shown.findIndex((revision) => revision >= at);
  const index = here === -1 ? shown.length : here;
  const isAt = shown[index] === at;
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowDown: isAt ? index + 1 : index, ArrowUp: index - 1 },
    ...{ PageDown: index + 10, PageUp: index - 10, Home: 0, End: shown.length - 1 },
  };
  const wanted = steps[key];
  if (wanted === undefined) return null;
  return shown[Math.max(0, Math.min(shown.length - 1, wanted))] ?? null;
};

/** The facts of a run, one a line, with how long each took on a common axis. */
export const createTimeline = (onChoose: (revision: number) => void): Timeline => {
  const rows: Row[] = [];
  const spanOf = createSpans();
  let filter: Filter = { find: '', node: '' };
  let total = 1;
  let current = -1;
  const list = el('ol', { class: 'facts', role: 'listbox', tabindex: 0, 'aria-label': 'Facts' });

  const isShown = ({ words, node }: Row): boolean =>
    words.includes(filter.find.trim().toLowerCase()) &&
    (filter.node === '' || filter.node === node);

  const reveal = (element: HTMLElement): void => {
    const { offsetTop, offsetHeight } = element;
    if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
    const bottom = offsetTop + offsetHeight - list.clientHeight;
    if (bottom > list.scrollTop) list.scrollTop = bottom;
  };

  const paint = (row: Row): void => {
    row.element.classList.toggle('later', row.revision > current);
    row.element.setAttribute('aria-selected', String(row.revision === current));
  };

  list.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-revision]') : null;
    if (row) onChoose(Number(row.getAttribute('data-revision')));
  });
  list.addEventListener('keydown', (event) => {
    const shown = rows.filter((row) => !row.element.hidden).map(({ revision }) => revision);
    const revision = target(event.key, shown, current);
    if (revision === null) return;
    event.preventDefault();
    onChoose(revision);
  });

  return {
    element: list,
    add: (facts, names) => {
      for (const fact of facts) {
        const span = spanOf(fact);
        const row = rowOf(fact, span, names);
        row.element.hidden = !isShown(row);
        rows.push(row);
        paint(row);
        total = Math.max(total, span.to);
      }
      list.append(...rows.slice(-facts.length).map(({ element }) => element));
      list.style.setProperty('--total', String(total));
    },
    show: (at) => {
      const [from, to] = [Math.min(at, current), Math.max(at, current)];
      current = at;
      // Only the rows between the old place and the new one look different.
      for (const row of rows.slice(Math.max(0, from), to + 1)) paint(row);
      const row = rows[at];
      if (!row) return;
      list.setAttribute('aria-activedescendant', row.element.id);
      if (!row.element.hidden) reveal(row.element);
    },
    filter: (next) => {
      filter = next;
      for (const row of rows) row.element.hidden = !isShown(row);
      return rows.filter((row) => !row.element.hidden).length;
    },
  };
};
