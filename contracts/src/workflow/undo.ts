import type { DefinedNode } from './graph.ts';

/** Node ids that begin so are the studio's: what undoes a node is called by it. */
const prefix = 'undo:';

/** What the undo of a node, or of an instance of it, is called. */
export const undoIdOf = (id: string): string => prefix + id;

export const isUndo = (id: string): boolean => id.startsWith(prefix);

/** The undo that the node declares, as a node of its own: it stands beside the node that it undoes. */
export const undoNodeOf = ({ id, name, parent, compensation }: DefinedNode): DefinedNode | null =>
  compensation
    ? {
        ...{ id: undoIdOf(id), name: `Undo ${name}`, type: 'action', ...compensation },
        ...(parent === undefined ? {} : { parent }),
      }
    : null;
