import { type Run, shownStatus } from '@studio/domain';

import { el } from './elements.ts';
import { type Fact, startedOf } from './facts.ts';
import { badge } from './states.ts';
import { counted, durationBetween, momentOf, visible } from './words.ts';

export interface RunHeader {
  readonly element: HTMLElement;
  show(facts: readonly Fact[], run: Run): void;
}

const term = (name: string, ...value: (Node | string)[]): HTMLElement =>
  el('div', {}, el('dt', {}, name), el('dd', {}, ...value));

/** What stands in a region counts with it. */
const rootNodes = ({ definition: { nodes } }: Run): number =>
  nodes.filter(({ parent }) => parent === undefined).length;

/** The run's name, and how it stood after a fact. */
export const createRunHeader = (id: string): RunHeader => {
  const title = el('h1', { tabindex: -1 }, 'Run');
  const state = el('span', { class: 'state' });
  const terms = el('dl', { class: 'terms' });
  return {
    element: el(
      'div',
      { class: 'heading' },
      el('a', { class: 'back', href: '#/executions' }, '← Runs'),
      el('div', { class: 'title' }, title, state),
      terms,
    ),
    show: (facts, run) => {
      const [first, shown] = [facts[0], facts[run.revision]];
      const started = startedOf(first);
      if (!first || !shown || !started) return;
      title.replaceChildren(el('bdi', {}, visible(started.workflowName)));
      state.replaceChildren(badge(shownStatus(run)));
      const done = [...run.instances.values()].filter(({ status }) => status === 'completed');
      const [from, to] = [first.metadata.occurredAt, shown.metadata.occurredAt];
      terms.replaceChildren(
        term('Started', el('time', { datetime: from }, momentOf(from))),
        term('Elapsed', durationBetween(from, to)),
        term('Nodes done', `${done.length} of ${rootNodes(run)}`),
        term('Facts', counted(facts.length, 'fact')),
        term('Trigger', started.triggerType),
        term('Workflow', `version ${run.workflowVersion}`),
        term('Run', el('code', {}, id)),
      );
    },
  };
};
