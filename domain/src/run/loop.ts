import type { ExecutionEvent, Failure, InstanceId } from '@studio/contracts';

import { type Chunks, membersOf, withMember } from './chunks.ts';

export interface OpenIteration {
  readonly index: number;
  /** Set once a failure inside ends the iteration: nothing new begins in it. */
  readonly failure: { readonly instanceId: InstanceId; readonly error: Failure } | null;
}

/** How far the body of a region has come; of an iteration that is over only its outcome is left. */
export interface Loop {
  /** What the iterations work on, one each; null where each works on what the one before it made. */
  readonly items: unknown;
  readonly maxIterations: number;
  /** So many iterations are open at the same time, at most. */
  readonly window: number;
  /** So many iterations may fail; null: any number. */
  readonly maxFailures: number | null;
  readonly onBound: 'fail' | 'complete';
  /** Index of the iteration that begins next. */
  readonly next: number;
  /** In the order of their indices. */
  readonly open: readonly OpenIteration[];
  readonly failures: number;
  /** Of a region with items: what each iteration made, or how it failed. */
  readonly outcomes: Chunks<unknown>;
  /** Of a region without: what the last iteration made. */
  readonly last: unknown;
}

type Fact<Type extends ExecutionEvent['type']> = Extract<ExecutionEvent, { type: Type }>['data'];

/** A failure as expressions see it. */
export const failureValue = ({ code, message, instanceId }: Failure): unknown => ({
  error: { code, message, ...(instanceId === undefined ? {} : { instance: instanceId }) },
});

export const loopOf = (data: Fact<'RegionStarted'>): Loop => {
  const { maxIterations, window, maxFailures, onBound = 'fail' } = data;
  return {
    ...{ items: data.items ?? null, maxIterations, window, maxFailures, onBound },
    ...{ next: 0, open: [], failures: 0, outcomes: [], last: null },
  };
};

export const withIteration = (loop: Loop, index: number): Loop => ({
  ...loop,
  next: index + 1,
  open: [...loop.open, { index, failure: null }],
});

const without = (loop: Loop, index: number): Loop => ({
  ...loop,
  open: loop.open.filter((iteration) => iteration.index !== index),
});

export const withOutput = (loop: Loop, index: number, output: unknown): Loop => {
  const rest = without(loop, index);
  if (loop.items === null) return { ...rest, last: output };
  return { ...rest, outcomes: withMember(loop.outcomes, index, output) };
};

export const withFailedIteration = (loop: Loop, index: number, error: Failure): Loop => ({
  ...without(loop, index),
  failures: loop.failures + 1,
  outcomes: withMember(loop.outcomes, index, failureValue(error)),
});

/** `null` takes the failure back. */
export const withFailure = (
  loop: Loop,
  index: number,
  failure: OpenIteration['failure'],
): Loop => ({
  ...loop,
  open: loop.open.map((iteration) =>
    iteration.index === index
      ? { index, failure: failure && (iteration.failure ?? failure) }
      : iteration,
  ),
});

/** True once more iterations have failed than may: nothing new begins in any of them. */
export const isBroken = ({ maxFailures, failures, open }: Loop): boolean =>
  maxFailures !== null &&
  failures + open.filter(({ failure }) => failure !== null).length > maxFailures;

/** What an iteration works on, of a region with items. */
export const itemOf = ({ items }: Loop, index: number): unknown =>
  Array.isArray(items) ? ((items as readonly unknown[])[index] ?? null) : null;

/** What a region has made once all of its iterations are over. */
export const outputOfLoop = ({ items, outcomes, last }: Loop): unknown =>
  items === null ? last : membersOf(outcomes);
