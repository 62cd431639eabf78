import { type CausalityView, type CausalLinkView, effectTree } from '@studio/contracts';

import { button, el } from './elements.ts';
import { toneOfType } from './facts.ts';
import { streamLink } from './streamLinks.ts';
import { momentOf, shortened, visible } from './words.ts';

const mostLines = 100;

interface Line {
  readonly link: CausalLinkView;
  readonly depth: number;
}

const drawLine = ({ link, depth }: Line): HTMLElement => {
  const { type, stream, revision, occurred_at, actor, distance } = link;
  const line = el(
    'li',
    { 'aria-level': depth + 1, 'aria-current': distance === 0 && 'true' },
    el('span', { class: `type tone-${toneOfType(type)}` }, streamLink(stream, revision, type)),
    el(
      'span',
      { class: 'where' },
      ` ${shortened(visible(stream), 60)} ${revision}, ${momentOf(occurred_at)}, by ${actor.kind}`,
    ),
  );
  line.style.setProperty('--depth', String(depth));
  return line;
};

const request = (id: string): HTMLElement =>
  el('li', { 'aria-level': 1 }, 'Request or command ', el('code', {}, visible(id)));

/** The chain of what led to an event, the event, and below it the tree of what followed from it. */
export const causalTree = (causality: CausalityView): HTMLElement => {
  const { event, origin, causes, effects, truncated } = causality;
  const lines: Line[] = [
    ...[...causes, event].map((link) => ({ link, depth: 0 })),
    ...effectTree(effects, event.eventId).map(({ effect, depth }) => ({ link: effect, depth })),
  ];
  // What the reader asked about is always to be seen.
  const from = Math.max(0, causes.length - mostLines / 2);
  const to = from + mostLines;
  const shown = lines.slice(from, to);
  const list = el(
    'ol',
    { class: 'causes' },
    ...(from === 0 && origin !== null ? [request(origin)] : []),
  );
  list.append(...shown.map(drawLine));
  const all = button(`Show all ${lines.length.toLocaleString()}`, () => {
    list.replaceChildren(...(origin === null ? [] : [request(origin)]), ...lines.map(drawLine));
    all.remove();
  });
  return el(
    'div',
    {},
    list,
    ...(shown.length < lines.length ? [all] : []),
    ...(truncated ? [el('p', { class: 'note' }, 'There is more than was looked at.')] : []),
  );
};
