import type { Definition } from '@studio/contracts';
import type { NodeState, Run } from '@studio/domain';

import { el, svg } from './elements.ts';
import { box, type Layout, layOut, type Place } from './graphLayout.ts';
import { labelOf, toneOf } from './states.ts';
import { shortened, visible } from './words.ts';

type Line = Definition['connections'][number];
type DefinedNode = Definition['nodes'][number];

export interface GraphView {
  readonly element: HTMLElement;
  /** `chosen` is the id of the node that is looked at; '' for none. */
  show(run: Run, chosen: string): void;
}

/** Where a node stands: in a loop by the instance that moved last. */
const stateByNode = ({ instances }: Run): ReadonlyMap<string, NodeState> => {
  const latest = new Map<string, NodeState>();
  for (const node of instances.values())
    if (node.at >= (latest.get(node.nodeId)?.at ?? 0)) latest.set(node.nodeId, node);
  return latest;
};

const isTaken = (node: NodeState | undefined, { sourceHandle }: Line): boolean => {
  if (node?.status === 'completed') return node.handle === sourceHandle;
  return node?.status === 'failed' && node.handled && sourceHandle === 'error';
};

const curve = (from: Place, to: Place): string => {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x, to.y + box.height / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
};

const drawLine = (line: Line, { places }: Layout): SVGGElement | null => {
  const [from, to] = [places.get(line.source), places.get(line.target)];
  if (!from || !to) return null;
  const group = svg('g', { class: 'line' }, svg('path', { d: curve(from, to) }));
  if (line.sourceHandle !== 'output') {
    const middle = { x: (from.x + box.width + to.x) / 2, y: (from.y + to.y + box.height) / 2 - 6 };
    const label = shortened(visible(line.sourceHandle), 12);
    group.append(svg('text', { ...middle, class: 'handle', 'text-anchor': 'middle' }, label));
  }
  return group;
};

interface DrawnNode {
  readonly group: SVGGElement;
  show(status: string, isChosen: boolean): void;
}

const drawNode = ({ id, name, kind }: DefinedNode, { x, y }: Place): DrawnNode => {
  const whole = visible(name || id);
  const word = svg('text', { x: 14, y: 40, class: 'word' });
  // The inner svg clips what is too long for its box.
  const group = svg(
    'g',
    {
      class: 'node',
      transform: `translate(${x} ${y})`,
      role: 'button',
      tabindex: 0,
      'data-node': id,
    },
    svg('title', {}, whole),
    svg('rect', { class: 'card', width: box.width, height: box.height, rx: 8 }),
    svg('rect', { class: 'edge', width: 4, height: box.height - 16, x: 0, y: 8, rx: 2 }),
    svg(
      'svg',
      { width: box.width - 8, height: box.height, 'aria-hidden': 'true' },
      svg('text', { x: 14, y: 23, class: 'name' }, shortened(whole, 26)),
      word,
      svg(
        'text',
        { x: box.width - 14, y: 40, class: 'kind', 'text-anchor': 'end' },
        shortened(visible(kind.split('@')[0] ?? kind), 14),
      ),
    ),
  );
  let shown = '';
  return {
    group,
    show: (status, isChosen) => {
      const next = `${status} ${isChosen}`;
      if (next === shown) return; // in a large graph few nodes change at a time
      shown = next;
      word.textContent = labelOf(status);
      group.setAttribute('class', `node tone-${toneOf(status)}`);
      group.setAttribute('data-status', status);
      group.setAttribute('aria-pressed', String(isChosen));
      group.setAttribute('aria-label', `${whole}: ${labelOf(status)}`);
    },
  };
};

/** The nodes of a run and the ways between them. `onChoose` is told of a node, or of '' when it is let go. */
export const createGraph = (
  definition: Definition,
  onChoose: (nodeId: string) => void,
): GraphView => {
  const layout = layOut(definition);
  const lines = definition.connections.map((line) => ({ line, group: drawLine(line, layout) }));
  const nodes = definition.nodes.map((node) => {
    const place = layout.places.get(node.id) ?? { x: 0, y: 0 }; // each has one
    return { id: node.id, drawn: drawNode(node, place) };
  });
  const picture = svg(
    'svg',
    {
      role: 'presentation',
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      width: layout.width,
      height: layout.height,
    },
    ...lines.flatMap(({ group }) => group ?? []),
    ...nodes.map(({ drawn }) => drawn.group),
  );
  picture.style.setProperty('min-width', `${Math.round(layout.width * 0.7)}px`);
  let chosenNow = '';
  const choose = (target: EventTarget | null): boolean => {
    const id =
      target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-node') : null;
    if (id) onChoose(id === chosenNow ? '' : id);
    return Boolean(id);
  };
  picture.addEventListener('click', ({ target }) => void choose(target));
  picture.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && choose(event.target))
      event.preventDefault();
  });

  return {
    element: el(
      'div',
      { class: 'graph', role: 'group', 'aria-label': 'Graph of the nodes' },
      picture,
    ),
    show: (run, chosen) => {
      chosenNow = chosen;
      const states = stateByNode(run);
      for (const { id, drawn } of nodes)
        drawn.show(states.get(id)?.status ?? 'pending', id === chosen);
      for (const { line, group } of lines)
        group?.classList.toggle('taken', isTaken(states.get(line.source), line));
    },
  };
};
