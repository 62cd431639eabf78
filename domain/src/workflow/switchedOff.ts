import type { CanvasNode } from '@studio/contracts';

/** The region that the node stands in; '' for none. */
export const parentOf = ({ data }: CanvasNode): string =>
  typeof data['parent'] === 'string' ? data['parent'] : '';

export const isSwitchedOff = ({ data }: CanvasNode): boolean => data['enabled'] === false;

/** The nodes inside of regions that are switched off: such a region passes on its input and nothing else. */
export const insideOfSwitchedOff = (nodes: readonly CanvasNode[]): ReadonlySet<string> => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isInside = (node: CanvasNode): boolean => {
    const seen = new Set<string>(); // a ring of parents is refused elsewhere
    for (let at = byId.get(parentOf(node)); at && !seen.has(at.id); at = byId.get(parentOf(at))) {
      if (isSwitchedOff(at)) return true;
      seen.add(at.id);
    }
    return false;
  };
  return new Set(nodes.filter(isInside).map(({ id }) => id));
};
