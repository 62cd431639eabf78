import { streamCategories } from '@studio/contracts';

import { button, el } from './elements.ts';
import { type EventsWanted, everyEvent } from './opsRoute.ts';
import { instantOf, localOf } from './words.ts';

export interface OpsFilters<Wanted> {
  readonly element: HTMLElement;
  show(wanted: Wanted): void;
}

const longest = 100;
const textField = (): HTMLInputElement => el('input', { type: 'text', maxlength: longest });
const timeField = (): HTMLInputElement =>
  el('input', { type: 'datetime-local', step: 1, max: '9999-12-31T23:59:59' });

const labelled = (label: string, field: HTMLElement): HTMLElement => el('label', {}, label, field);

/** One of the categories, or all of them. */
export const categoryField = (): HTMLSelectElement =>
  el(
    'select',
    {},
    el('option', { value: '' }, 'all'),
    ...streamCategories.map((name) => el('option', { value: name }, name)),
  );

/** Fields that are looked at once they were changed, not at each key. */
export const filterForm = (
  name: string,
  fields: readonly (readonly [string, HTMLElement])[],
  onChange: () => void,
  ...buttons: readonly HTMLElement[]
): HTMLElement => {
  const form = el(
    'form',
    { class: 'wanted', role: 'search', 'aria-label': name },
    ...fields.map(([label, field]) => labelled(label, field)),
    ...buttons,
  );
  form.addEventListener('change', onChange);
  form.addEventListener('submit', (event) => event.preventDefault());
  return form;
};

/** What is looked for in the log. */
export const createEventFilters = (
  onChange: (wanted: EventsWanted) => void,
): OpsFilters<EventsWanted> => {
  const category = categoryField();
  const [type, actor, correlation] = [textField(), textField(), textField()];
  const [from, to] = [timeField(), timeField()];
  const change = (): void =>
    onChange({
      ...{ category: category.value, type: type.value.trim(), actor: actor.value.trim() },
      ...{ correlation: correlation.value.trim() },
      ...{ from: instantOf(from.value), to: instantOf(to.value) },
    });
  const fields = [
    ...[['Category', category] as const, ['Type', type] as const, ['Actor', actor] as const],
    ...[['Correlation', correlation] as const, ['From', from] as const, ['To', to] as const],
  ];
  const clear = button('Show all', () => {
    show(everyEvent);
    change();
  });
  const again = button('Look again', change);
  const show = (wanted: EventsWanted): void => {
    category.value = wanted.category;
    type.value = wanted.type;
    actor.value = wanted.actor;
    correlation.value = wanted.correlation;
    from.value = localOf(wanted.from);
    to.value = localOf(wanted.to);
  };
  return {
    element: filterForm('Which events', fields, change, again, clear),
    show,
  };
};
