/** What one evaluation may cost. */
export interface ExpressionLimits {
  /**
   * Milliseconds of the processor for one evaluation, so that a busy machine fails nobody's run. By the
   * clock it may take `mostTimesLonger` as long, waiting for a free worker not counted.
   */
  readonly timeoutMs: number;
  /** Nested evaluation steps, and nested values of a result. */
  readonly maxDepth: number;
  /** Size of a result, about its bytes as JSON. */
  readonly maxResultBytes: number;
}

export const defaultLimits: ExpressionLimits = {
  timeoutMs: 1_000,
  maxDepth: 400,
  maxResultBytes: 8 * 1024 * 1024,
};

/** How much longer than its processor time an evaluation may take by the clock. */
export const mostTimesLonger = 5;

/** Characters of one expression: parsing it happens in this process. */
export const maxExpressionLength = 32_000;

/** Items that one step may gather. */
export const maxSequenceLength = 1_000_000;
