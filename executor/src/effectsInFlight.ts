import type { ExecutionCommand, Timekeeper } from '@studio/contracts';
import type { Run } from '@studio/domain';

import type { InLine } from './fairLine.ts';
import { type Perform, perform } from './perform.ts';
import type { Slots } from './slots.ts';
import type { OwnWorkbench } from './workbench.ts';

export interface EffectsParts {
  readonly workbench: OwnWorkbench;
  readonly slots: Slots;
  readonly time: Timekeeper;
  /** The run, as one that asks for places. */
  readonly inLine: () => InLine;
  /** The epoch under which the run is ours, or null when it is not, or no longer surely. */
  readonly epoch: () => number | null;
  readonly now: () => string;
  /** Takes the order that records an outcome; null when there is none. */
  readonly onOutcome: (order: ExecutionCommand | null) => void;
  /** Called once an effect that was called off has ended: its node may have begun anew meanwhile. */
  readonly onCalledOff: () => void;
  /** Takes the order that records how far an effect has come. */
  readonly onProgress: (order: ExecutionCommand) => void;
  /** Called when an effect has to wait for a place. */
  readonly onNoRoom: () => void;
  readonly onError: (error: unknown) => void;
}

/** The effects of one run that this process is performing. */
export interface EffectsInFlight {
  has(instanceId: string): boolean;
  size(): number;
  /** Performs an effect whose intent is on disk, unless it is under way, or no longer ours. */
  launch(run: Run, effect: Perform, epoch: number): void;
  /** Calls off those for which it holds. */
  callOff(isOff: (instanceId: string, attempt: number) => boolean): void;
}

export const createEffectsInFlight = (parts: EffectsParts): EffectsInFlight => {
  const { workbench, slots, now, time } = parts;
  const inFlight = new Map<string, { controller: AbortController; attempt: number }>();

  const finish = (instanceId: string, order: ExecutionCommand | null): void => {
    const isOff = inFlight.get(instanceId)?.controller.signal.aborted;
    inFlight.delete(instanceId);
    slots.release();
    if (isOff && !order) parts.onCalledOff();
    else parts.onOutcome(order);
  };

  const begin = (run: Run, effect: Perform): void => {
    const { instanceId } = effect;
    const controller = new AbortController();
    inFlight.set(instanceId, { controller, attempt: effect.state.attempt });
    const { onProgress } = parts;
    perform(workbench, run, effect, { off: controller, now, time, onProgress }).then(
      (order) => {
        finish(instanceId, order);
      },
      (error: unknown) => {
        finish(instanceId, null);
        parts.onError(error);
      },
    );
  };

  return {
    has: (instanceId) => inFlight.has(instanceId),
    size: () => inFlight.size,
    launch: (run, effect, epoch) => {
      if (effect.state.epoch !== epoch || inFlight.has(effect.instanceId)) return;
      // The last look at the lease before the world is touched.
      if (parts.epoch() !== epoch) return;
      if (slots.take(parts.inLine())) begin(run, effect);
      else parts.onNoRoom();
    },
    callOff: (isOff) => {
      for (const [instanceId, { controller, attempt }] of inFlight)
        if (isOff(instanceId, attempt)) controller.abort();
    },
  };
};
