import type { CausalLinkView } from './views.ts';

/** An effect at its place in the tree, and how far it is set in below the event that was asked about. */
export interface EffectLine {
  readonly effect: CausalLinkView;
  readonly depth: number;
}

/** Each effect below what caused it, depth first. A chain, in which each has one effect, stays in its column. */
export const effectTree = (
  effects: readonly CausalLinkView[],
  eventId: string,
): readonly EffectLine[] => {
  const byCause = Map.groupBy(effects, ({ caused_by }) => caused_by);
  const below = (cause: string, depth: number): EffectLine[] => {
    const found = byCause.get(cause) ?? [];
    byCause.delete(cause); // metadata of a foreign writer may go in a ring
    const isChain = cause !== eventId && found.length === 1;
    return found.map((effect) => ({ effect, depth: isChain ? depth : depth + 1 })).reverse();
  };
  const lines: EffectLine[] = [];
  const open = below(eventId, 0);
  for (let line = open.pop(); line; line = open.pop()) {
    lines.push(line);
    open.push(...below(line.effect.eventId, line.depth));
  }
  return lines;
};
