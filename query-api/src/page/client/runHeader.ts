import type { ReplayView } from '@studio/contracts';

import { el } from './elements.ts';
import { type Fact, startedOf } from './facts.ts';
import { badge, labelOf } from './states.ts';
import { counted, durationBetween, momentOf, visible } from './words.ts';

export interface RunHeader {
  readonly element: HTMLElement;
  show(facts: readonly Fact[], state: ReplayView | undefined, at: number): void;
}

const term = (name: string, ...value: (Node | string)[]): HTMLElement =>
  el('div', {}, el('dt', {}, name), el('dd', {}, ...value));

/** The run's name, and how it stood after a fact. */
export const createRunHeader = (id: string): RunHeader => {
  const title = el('h1', { tabindex: -1 }, 'Run');
  const state = el('span', { class: 'state' });
  const terms = el('dl', { class: 'terms' });
  return {
    element: el('div', { class: 'heading' }, el('div', { class: 'title' }, title, state), terms),
    show: (facts, replay, at) => {
      const [first, shown] = [facts[0], facts[at]];
      const started = startedOf(first);
      if (!first || !shown || !started) return;
      title.replaceChildren(el('bdi', {}, visible(started.workflowName)));
      if (replay) {
        state.replaceChildren(badge(replay.status));
        state.setAttribute('aria-label', `Status: ${labelOf(replay.status)}`);
      }
      const done = Object.values(replay?.nodes ?? {}).filter(
        ({ status }) => status === 'completed',
      );
      const [from, to] = [first.metadata.occurredAt, shown.metadata.occurredAt];
      terms.replaceChildren(
        term('Started', el('time', { datetime: from }, momentOf(from))),
        term('After', durationBetween(from, to)),
        term('Nodes done', `${done.length} of ${started.totalNodes}`),
        term('Facts', counted(facts.length, 'fact')),
        term('Trigger', started.triggerType),
        term('Workflow', `version ${started.workflowVersion}`),
        term('Run', el('code', {}, id)),
      );
    },
  };
};
