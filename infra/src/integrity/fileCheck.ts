import { hash } from 'node:crypto';

import type { FileStorage, KeyId, StoredEvent } from '@studio/contracts';

import { filesOfEvent, type NamedFile } from './filesOfEvent.ts';

export interface FileCheckParts {
  readonly files: FileStorage;
  /** False once a data key was deleted: its files went with it. */
  readonly hasKey: (key: KeyId) => Promise<boolean>;
}

/** Checks the files that events name against the hashes in the events. */
export interface FileCheck {
  /** Null when every file of the event is what was written, or was erased with its key. */
  next(event: StoredEvent): Promise<string | null>;
  readonly files: () => number;
  /** Files that are gone because their data key is. */
  readonly erased: () => number;
}

export const createFileCheck = ({ files, hasKey }: FileCheckParts): FileCheck => {
  const good = new Set<string>(); // claims are shared: each is read once
  let erased = 0;

  const problemOf = async ({ ref, sha256, bytes, key }: NamedFile): Promise<string | null> => {
    if (good.has(ref)) return null;
    const found = await files.get(ref);
    if (!found && key !== null && !(await hasKey(key))) {
      erased += 1;
      return null;
    }
    if (!found) return `file ${ref} is missing`;
    if (found.length !== bytes || hash('sha256', found, 'hex') !== sha256)
      return `file ${ref} has other bytes`;
    good.add(ref);
    return null;
  };

  return {
    files: () => good.size,
    erased: () => erased,
    next: async (event) => {
      for (const file of filesOfEvent(event)) {
        const problem = await problemOf(file);
        if (problem !== null) return problem;
      }
      return null;
    },
  };
};
