import { arrange, el } from './elements.ts';

export interface FreshTableParts<Item> {
  readonly title: string;
  /** The first one heads the cells that name their rows. */
  readonly headings: readonly string[];
  readonly keyOf: (item: Item) => string;
  readonly cellsOf: (item: Item) => readonly (Node | string)[];
}

export interface FreshTable<Item> {
  readonly element: HTMLElement;
  /** These rows and no others; those that say the same as before are left alone. */
  show(items: readonly Item[]): void;
}

/** A table that is shown anew every few seconds. */
export const createFreshTable = <Item>(parts: FreshTableParts<Item>): FreshTable<Item> => {
  const { title, headings, keyOf, cellsOf } = parts;
  let rows = new Map<string, { readonly said: string; readonly element: HTMLElement }>();
  const body = el('tbody');

  const draw = (item: Item): HTMLElement => {
    const [name = '', ...cells] = cellsOf(item);
    return el(
      'tr',
      { 'data-key': keyOf(item) },
      el('th', { scope: 'row' }, name),
      ...cells.map((cell) => el('td', {}, cell)),
    );
  };

  return {
    element: el(
      'div',
      { class: 'wide' },
      el('h2', {}, title),
      el(
        'table',
        { class: 'list', 'aria-label': title },
        el('thead', {}, el('tr', {}, ...headings.map((name) => el('th', { scope: 'col' }, name)))),
        body,
      ),
    ),
    show: (items) => {
      const before = rows;
      rows = new Map(
        items.map((item) => {
          const [key, said] = [keyOf(item), JSON.stringify(item)];
          const old = before.get(key);
          return [key, old?.said === said ? old : { said, element: draw(item) }];
        }),
      );
      arrange(
        body,
        [...rows.values()].map(({ element }) => element),
      );
    },
  };
};
