/** Lets a run stand still for a moment, so that someone else may write to its stream. */
export interface Pause {
  /** Begins it, or begins it anew; it ends by itself. */
  begin(): void;
  end(): void;
  /** Resolves when it is over, at once when there is none. */
  over(): Promise<void>;
}

export const createPause = (mostMs: number): Pause => {
  let pausing: PromiseWithResolvers<undefined> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    pausing?.resolve(undefined);
    pausing = null;
  };
  return {
    begin: () => {
      clearTimeout(timer);
      timer = setTimeout(end, mostMs);
      timer.unref();
      pausing ??= Promise.withResolvers<undefined>();
    },
    end,
    over: async () => {
      await pausing?.promise;
    },
  };
};
