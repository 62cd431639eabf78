import type { NodeKind } from '@studio/contracts';

import { builtInKinds, kindName } from './builtInKinds.ts';
import { type DescribedKind, describeKind } from './describedKind.ts';
import { heldToDeclaration } from './heldToDeclaration.ts';

/** All kinds of a studio: those it comes with, and its own. */
export interface NodeKinds {
  /** The kind of a full name (`condition@1`), or the newest major of a bare one (`condition`). */
  readonly find: (name: string) => NodeKind | undefined;
  /** Every kind, described, in the order a palette shows them; made once. */
  readonly catalogue: () => readonly DescribedKind[];
}

/** `own`: kinds that `checkOwnKind` found nothing wrong with; they are held to what they declare. */
export const createNodeKinds = (own: readonly NodeKind[] = []): NodeKinds => {
  const all = [...builtInKinds, ...own.map(heldToDeclaration)];
  const byName = new Map<string, NodeKind>(all.map((kind) => [kindName(kind), kind]));
  for (const kind of all) {
    const newest = byName.get(kind.kind);
    if (newest === undefined || newest.major < kind.major) byName.set(kind.kind, kind);
  }
  let described: readonly DescribedKind[] | undefined;
  return {
    find: (name) => byName.get(name),
    catalogue: () =>
      (described ??= all.map((kind, index) =>
        describeKind(kind, index < builtInKinds.length ? 'built-in' : 'own'),
      )),
  };
};

/** The kinds that come with the studio, alone. */
export const builtIn = createNodeKinds();
export const findKind = builtIn.find;
