import { z } from 'zod';

/** More iterations than this would make a run whose facts nobody can look through any more. */
export const mostIterations = 100_000;

export const tooMany = (asked: string): string =>
  `a loop has at most ${mostIterations.toLocaleString('en-US')} iterations, and ${asked}: ` +
  'split the work into several runs, or let each iteration take a batch';

export const MaxIterations = z
  .number()
  .int()
  .min(1)
  .refine((count) => count <= mostIterations, {
    error: ({ input }) => tooMany(`this asks for ${String(input)}`),
  });
