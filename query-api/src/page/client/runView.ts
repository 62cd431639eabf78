import type { Definition } from '@studio/contracts';
import type { Run } from '@studio/domain';

import { button, el, oncePerFrame } from './elements.ts';
import { definitionsIn, detailOf, type Fact, namesOf, nodeIdOf, startedOf } from './facts.ts';
import { createFolds } from './folds.ts';
import { createGraph, type GraphView } from './graphView.ts';
import { readHistory } from './history.ts';
import { createInspector } from './inspector.ts';
import type { LiveState } from './live.ts';
import { createReplays } from './replays.ts';
import type { RunRoute } from './route.ts';
import { createRunHeader } from './runHeader.ts';
import { createTimeline } from './timeline.ts';
import { createTransport } from './transport.ts';
import type { View, ViewParts } from './view.ts';
import { counted, visible } from './words.ts';

/** One run: its graph, the slider that replays it, its facts, and the inspector. All look at the same fact. */
export const createRunView = (parts: ViewParts, start: RunRoute): View<RunRoute> => {
  const { id } = start;
  const facts: Fact[] = [];
  const folds = createFolds();
  let names: ReadonlyMap<string, string> = new Map();
  let route = start;
  let graph: { readonly of: Definition; readonly view: GraphView } | null = null;

  const go = (change: Partial<RunRoute>): void => {
    route = { ...route, ...change };
    parts.keepRoute(route);
    draw();
  };
  const header = createRunHeader(id);
  const transport = createTransport((at) => go({ at }), parts.signal);
  const timeline = createTimeline((revision) =>
    go({ at: revision === facts.length - 1 ? null : revision }),
  );
  const inspector = createInspector((tab) => go({ tab }));
  const find = el('input', {
    ...{ type: 'search', placeholder: 'type, node or text', 'aria-label': 'Filter the facts' },
    value: route.find,
  });
  find.addEventListener('input', () => go({ find: find.value }));
  const left = el('span', { class: 'left', role: 'status' });
  const letGo = button('', () => go({ node: '' }), { class: 'chip' });
  const stage = el('section', { class: 'stage', 'aria-label': 'Graph' });

  /** The graph that the run goes by at that fact: a migration brings another. */
  const graphOf = ({ definition }: Run): GraphView => {
    if (graph?.of === definition) return graph.view;
    const view = createGraph(definition, (node) => go({ node }));
    if (graph) graph.view.element.replaceWith(view.element);
    else stage.prepend(view.element);
    graph = { of: definition, view };
    return view;
  };

  const atOf = (): number => Math.min(route.at ?? facts.length - 1, facts.length - 1);

  const wordsOf = (fact: Fact): string =>
    [fact.type, names.get(nodeIdOf(fact)) ?? '', detailOf(fact)].filter(Boolean).join(' ');

  let filtered = '';
  const drawFilter = (): void => {
    const wanted = JSON.stringify([route.find, route.node, facts.length]);
    if (wanted === filtered) return;
    filtered = wanted;
    const count = timeline.filter(route);
    left.textContent = count === facts.length ? '' : `${count} of ${counted(facts.length, 'fact')}`;
    letGo.hidden = route.node === '';
    letGo.textContent = `${names.get(route.node) ?? route.node} ✕`;
    letGo.setAttribute('aria-label', `Show all nodes, not only ${letGo.textContent}`);
  };

  const inspect = (at: number): void => {
    if (route.tab === 'state') replays.want(at);
    const value = route.tab === 'state' ? replays.known(at) : facts[at];
    inspector.show(route.tab, `${route.tab}-${at}`, value);
  };

  const draw = oncePerFrame(() => {
    const at = atOf();
    const fact = facts[at];
    if (!fact) return;
    const run = folds.at(at);
    header.show(facts, run);
    graphOf(run).show(run, route.node);
    transport.show(at, route.at === null, `Fact ${at + 1} of ${facts.length}: ${wordsOf(fact)}`);
    timeline.show(at);
    drawFilter();
    inspect(at);
  });
  const replays = createReplays(parts, id, draw);

  const begin = (first: Fact): void => {
    const started = startedOf(first);
    if (!started) return;
    parts.retitle(visible(started.workflowName));
  };

  let isCaughtUp = false;
  const onFacts = (more: readonly Fact[]): void => {
    const [first] = more;
    if (facts.length === 0 && first) begin(first);
    for (const definition of definitionsIn(more))
      names = new Map([...names, ...namesOf(definition)]);
    facts.push(...more);
    folds.add(more);
    transport.add(more);
    timeline.add(more, names);
    const last = more.at(-1);
    if (isCaughtUp && last) parts.announce(wordsOf(last));
    draw();
  };
  const onState = (state: LiveState): void => {
    isCaughtUp ||= state === 'live';
    parts.liveState(state);
  };

  stage.append(transport.element);
  readHistory({ ...parts, id, onFacts, onState }).catch(parts.fail);

  return {
    title: 'Run',
    element: el(
      'div',
      { class: 'run' },
      header.element,
      stage,
      el(
        'div',
        { class: 'columns' },
        el(
          'section',
          { class: 'history', 'aria-labelledby': 'facts-title' },
          el(
            'div',
            { class: 'tools' },
            el('h2', { id: 'facts-title' }, 'Facts'),
            letGo,
            left,
            find,
          ),
          timeline.element,
        ),
        inspector.element,
      ),
    ),
    show: (next) => {
      route = next;
      if (find.value !== next.find) find.value = next.find;
      draw();
    },
  };
};
