import type { KindLookup } from '@studio/domain';

import type { CommandApiDependencies } from './dependencies.ts';

/** Resolves the names that nodes ask for to full ones. */
export const kindLookup =
  (findKind: CommandApiDependencies['findKind']): KindLookup =>
  (name) => {
    const found = findKind(name);
    return found ? `${found.kind}@${found.major}` : null;
  };
