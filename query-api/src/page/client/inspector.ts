import { button, el } from './elements.ts';
import { paintedJson } from './jsonPaint.ts';
import { readableJson, wholeJson } from './jsonText.ts';
import type { RunRoute } from './route.ts';

export type Tab = RunRoute['tab'];

export interface Inspector {
  readonly element: HTMLElement;
  /** `value` undefined: it is on its way. `key` tells one value from another. */
  show(tab: Tab, key: string, value: unknown): void;
}

const tabs: readonly (readonly [Tab, string])[] = [
  ['fact', 'Fact'],
  ['state', 'State after it'],
];

const drawTab = ([tab, label]: readonly [Tab, string], onTab: (tab: Tab) => void): HTMLElement => {
  const attributes = { role: 'tab', id: `tab-${tab}`, 'aria-controls': 'inspected' };
  return button(label, () => onTab(tab), attributes);
};

/** What one fact says, envelope and all; and the state that the run was in after it. */
export const createInspector = (onTab: (tab: Tab) => void): Inspector => {
  let shownKey = '';
  let shown: unknown;
  const drawn = tabs.map((tab) => drawTab(tab, onTab));
  const list = el('div', { role: 'tablist', 'aria-label': 'Inspector' }, ...drawn);
  const text = el('pre', {});
  const all = button('Show all of it', () => {
    text.replaceChildren(wholeJson(shown));
    all.hidden = true;
  });
  const copy = button('Copy', () => {
    const copying = navigator.clipboard.writeText(JSON.stringify(shown, null, 2));
    copying.then(
      () => (copy.textContent = 'Copied'),
      () => (copy.textContent = 'Not allowed'),
    );
  });
  const panel = el(
    'div',
    { id: 'inspected', role: 'tabpanel', tabindex: 0 },
    ...[text, el('div', { class: 'more' }, all, copy)],
  );

  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = drawn.find((tab) => tab.getAttribute('aria-selected') === 'false');
    other?.click();
    other?.focus();
  });

  const draw = (value: unknown): void => {
    const { text: json, isWhole } = readableJson(value);
    text.replaceChildren(...paintedJson(json));
    all.hidden = isWhole;
    // Only pages of a safe origin may write to the clipboard.
    copy.hidden = !isSecureContext;
    copy.textContent = 'Copy';
  };

  return {
    element: el('section', { class: 'inspector', 'aria-label': 'Inspector' }, list, panel),
    show: (tab, key, value) => {
      tabs.forEach(([each], index) => {
        drawn[index]?.setAttribute('aria-selected', String(each === tab));
        drawn[index]?.setAttribute('tabindex', each === tab ? '0' : '-1');
      });
      panel.setAttribute('aria-labelledby', `tab-${tab}`);
      panel.setAttribute('aria-busy', String(value === undefined));
      if (value === undefined || key === shownKey) return;
      [shownKey, shown] = [key, value];
      panel.setAttribute('data-shown', key);
      draw(value);
      panel.scrollTop = 0;
    },
  };
};
