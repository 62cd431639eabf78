/** Whatever is acquired leaves its release here; they are called in reverse order, each whatever the others do. */
export interface Releases {
  add(what: string, release: () => Promise<void> | void): void;
  all(): Promise<void>;
}

export const createReleases = (onError: (error: unknown, what: string) => void): Releases => {
  const releases: { what: string; release: () => Promise<void> | void }[] = [];
  return {
    add: (what, release) => {
      releases.push({ what, release });
    },
    all: async () => {
      for (let next = releases.pop(); next; next = releases.pop())
        try {
          await next.release();
        } catch (error) {
          onError(error, next.what);
        }
    },
  };
};
