import type { Progress, Timekeeper } from '@studio/contracts';

/** How far an attempt has come, as it is recorded. */
export interface ReportedProgress {
  readonly fraction: number | null;
  readonly message: string | null;
}

/** What one attempt says of itself: of many words in a while the last one is recorded. */
export interface ProgressReports {
  readonly report: (made: Progress) => void;
  /** What has not been recorded is dropped: the outcome says more. */
  readonly stop: () => void;
}

export interface ProgressParts {
  readonly time: Timekeeper;
  /** Once it is aborted nothing more is recorded. */
  readonly off: AbortController;
  readonly record: (progress: ReportedProgress) => void;
}

const leastMs = 1_000;
/** A long attempt is looked at less often: so a day of it makes some 800 facts, and a minute 60. */
const shareOfTime = 1 / 100;
const longestMessage = 500;

const reported = ({ fraction, message }: Progress): ReportedProgress => ({
  fraction: Number.isFinite(fraction) ? Math.min(1, Math.max(0, Number(fraction))) : null,
  // Kinds of one's own may be plain JavaScript.
  message: typeof message === 'string' ? message.slice(0, longestMessage) : null,
});

const says = ({ fraction, message }: ReportedProgress): boolean =>
  fraction !== null || message !== null;

const isSame = (one: ReportedProgress, other: ReportedProgress | null): boolean =>
  one.fraction === other?.fraction && one.message === other.message;

export const createProgressReports = ({ time, off, record }: ProgressParts): ProgressReports => {
  const beganAtMs = time.nowMs();
  let last: ReportedProgress | null = null;
  let latest: ReportedProgress | null = null;
  let nextAtMs = beganAtMs;
  let callOff: (() => void) | null = null;
  let stopped = false;

  /** A kind may go on talking after its end, when its run is in other hands. */
  const isOver = (): boolean => stopped || off.signal.aborted;

  const tell = (): void => {
    callOff = null;
    if (isOver() || !latest || isSame(latest, last)) return;
    const nowMs = time.nowMs();
    nextAtMs = nowMs + Math.max(leastMs, (nowMs - beganAtMs) * shareOfTime);
    last = latest;
    record(latest);
  };

  return {
    report: (made) => {
      const progress = reported(made);
      if (isOver() || !says(progress)) return;
      latest = progress;
      const inMs = nextAtMs - time.nowMs();
      if (inMs <= 0) tell();
      else callOff ??= time.after(inMs, tell);
    },
    stop: () => {
      callOff?.();
      stopped = true;
    },
  };
};
