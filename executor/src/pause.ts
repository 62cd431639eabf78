import type { Timekeeper } from '@studio/contracts';
import { systemTime } from '@studio/infra';

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
export const createPause = (mostMs: number, time: Timekeeper = systemTime): Pause => {
  let pausing: PromiseWithResolvers<undefined> | null = null;
  let callOff = (): void => undefined;
  const askers = new Set<object>();
  const end = (): void => {
    callOff();
    askers.clear();
    pausing?.resolve(undefined);
    pausing = null;
  };
  return {
    begin: () => {
      callOff();
      callOff = time.after(mostMs, end, { background: true });
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
