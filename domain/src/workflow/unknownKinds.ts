import type { UnknownKind } from './define.ts';
import { paletteKinds } from './palette.ts';

/** What keeps a node from being run, to be said behind its name. */
export const whyUnknown = ({ kind }: UnknownKind): string => {
  if (kind === null) return 'has no kind';
  return paletteKinds.has(kind)
    ? `is of the kind '${kind}', which this studio cannot run yet`
    : `has the unknown kind '${kind}'`;
};
