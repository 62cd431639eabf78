import type { FileStorage } from '@studio/contracts';

import { parseRef, refuseOtherBytes } from './ref.ts';

/** Files of one process, for tests. */
export const createInMemoryFileStorage = (): FileStorage => {
  const files = new Map<string, Uint8Array>();
  return {
    put: async (ref, bytes) => {
      refuseOtherBytes(ref, bytes);
      files.set(ref, Uint8Array.from(bytes));
    },
    get: async (ref) => {
      parseRef(ref);
      return files.get(ref) ?? null;
    },
    remove: async (ref) => {
      parseRef(ref);
      files.delete(ref);
    },
  };
};
