/** Lets a run stand still for a moment, so that someone else may write to its stream. */
export interface Pause {
  /** Begins it, or prolongs it; it is over once all who began it have called what they got, or by itself. */
  begin(): () => void;
  end(): void;
  isOn(): boolean;
  /** Resolves when it is over, at once when there is none. */
  over(): Promise<void>;
}

/** @param mostMs How long it lasts at most after it was last begun, in milliseconds. */
export const createPause = (mostMs: number): Pause => {
  let pausing: PromiseWithResolvers<undefined> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const askers = new Set<object>();
  const end = (): void => {
    clearTimeout(timer);
    askers.clear();
    pausing?.resolve(undefined);
    pausing = null;
  };
  return {
    begin: () => {
      clearTimeout(timer);
      timer = setTimeout(end, mostMs);
      timer.unref();
      pausing ??= Promise.withResolvers<undefined>();
      const asker = {};
      askers.add(asker);
      return () => {
        if (askers.delete(asker) && askers.size === 0) end();
      };
    },
    end,
    isOn: () => pausing !== null,
    over: async () => {
      await pausing?.promise;
    },
  };
};
