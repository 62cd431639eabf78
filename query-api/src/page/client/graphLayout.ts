import type { Definition } from '@studio/contracts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Upper left corners by node id. */
  readonly places: ReadonlyMap<string, Place>;
}

export const box = { width: 200, height: 54 } as const;
const gap = { x: 60, y: 22 } as const;
const margin = 14;

type Neighbours = ReadonlyMap<string, readonly string[]>;

const parentsOf = ({ nodes, connections }: Definition): Neighbours =>
  new Map(
    nodes.map(({ id }) => [
      id,
      connections.flatMap(({ source, target }) => (target === id ? [source] : [])),
    ]),
  );

/** The longest way to each node from a node without parents. A cycle, which no definition has, would end it as well. */
const levelsOf = (ids: readonly string[], parents: Neighbours): ReadonlyMap<string, number> => {
  const levels = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round < ids.length; round += 1) {
    let moved = false;
    for (const id of ids) {
      const above = (parents.get(id) ?? []).map((parent) => (levels.get(parent) ?? -1) + 1);
      const level = Math.min(ids.length, Math.max(0, ...above));
      moved ||= level !== levels.get(id);
      levels.set(id, level);
    }
    if (!moved) break;
  }
  return levels;
};

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** Rows by level, each ordered by where its parents stand, so that few lines cross. */
const rowsOf = (levels: ReadonlyMap<string, number>, parents: Neighbours): string[][] => {
  const byLevel: string[][] = [];
  for (const [id, level] of levels) (byLevel[level] ??= []).push(id);
  // A level may be missing only where there was a cycle.
  const rows = byLevel.filter((row) => row.length > 0);
  const order = new Map<string, number>();
  const weight = (id: string): number => {
    const above = (parents.get(id) ?? []).flatMap((parent) => order.get(parent) ?? []);
    return above.length === 0 ? 0.5 : mean(above);
  };
  for (const row of rows) {
    row.sort((a, b) => weight(a) - weight(b));
    row.forEach((id, index) => order.set(id, (index + 0.5) / row.length));
  }
  return rows;
};

/** From left to right by level. A pinned definition has no positions: those of the canvas may have moved since. */
export const layOut = (definition: Definition): Layout => {
  const parents = parentsOf(definition);
  const levels = levelsOf(
    definition.nodes.map(({ id }) => id),
    parents,
  );
  const rows = rowsOf(levels, parents);
  const tallest = Math.max(1, ...rows.map((row) => row.length));
  const heightOf = (count: number): number => count * box.height + (count - 1) * gap.y;
  const places = new Map<string, Place>();
  rows.forEach((row, level) => {
    const top = margin + (heightOf(tallest) - heightOf(row.length)) / 2;
    row.forEach((id, index) =>
      places.set(id, {
        x: margin + level * (box.width + gap.x),
        y: top + index * (box.height + gap.y),
      }),
    );
  });
  return {
    width: 2 * margin + Math.max(1, rows.length) * (box.width + gap.x) - gap.x,
    height: 2 * margin + heightOf(tallest),
    places,
  };
};
