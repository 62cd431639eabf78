import type { NodeKind } from '@studio/contracts';

import { kindName } from './builtInKinds.ts';
import { checkOwnKind } from './checkOwnKind.ts';

/** What a file of the folder exports, by name. */
export interface KindFile {
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface OwnKinds {
  readonly kinds: readonly NodeKind[];
  /** One line each, beginning with the file's name. */
  readonly problems: readonly string[];
}

const looksLikeAKind = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'kind' in value;

const checkFile = (exports: KindFile['exports']): readonly string[] | NodeKind => {
  // A kind that is exported by name and by default is one.
  const [kind, ...others] = new Set(Object.values(exports).filter(looksLikeAKind));
  if (kind === undefined) return ['exports no kind: export const … = nodeKind({ … })'];
  if (others.length > 0) return [`exports ${others.length + 1} kinds; a file holds one`];
  const problems = checkOwnKind(kind);
  return problems.length > 0 ? problems : (kind as NodeKind); // nothing is wrong with it
};

const isKind = (found: readonly string[] | NodeKind): found is NodeKind => !Array.isArray(found);

/** The kinds of a folder's files, each checked, and everything that is wrong with them. */
export const ownKindsOf = (files: readonly KindFile[]): OwnKinds => {
  const kinds = new Map<string, { kind: NodeKind; file: string }>();
  const problems: string[] = [];
  for (const { file, exports } of files) {
    const found = checkFile(exports);
    if (!isKind(found)) {
      problems.push(...found.map((problem) => `${file}: ${problem}`));
      continue;
    }
    const name = kindName(found);
    const before = kinds.get(name);
    if (before) problems.push(`${file}: ${name} is in ${before.file} already`);
    else kinds.set(name, { kind: found, file });
  }
  return { kinds: [...kinds.values()].map(({ kind }) => kind), problems };
};
