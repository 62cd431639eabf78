import type { HttpClient, ModelProvider, NodeKind, People, Scope } from '@studio/contracts';

import type { Expressions } from './expressions.ts';
import type { StartChild } from './startChild.ts';

/** What an executor adds to the workbench that it is given. */
export interface OwnWorkbench extends Workbench {
  /** Absent where this executor starts no runs. */
  readonly startChild?: StartChild | undefined;
}

/** What nodes work with; given once, the same for every run. */
export interface Workbench {
  readonly findKind: (name: string) => NodeKind | undefined;
  readonly expressions: Pick<Expressions, 'evaluate' | 'render'>;
  readonly http: HttpClient;
  readonly models: ModelProvider;
  readonly people: People;
  /** UUIDv5 of the parts. */
  readonly deterministicId: (parts: readonly string[]) => string;
  /** Stands for a text from which nobody can tell it: the same for the same text, for every executor. */
  readonly pseudonym: (text: string) => string;
}

export const evaluator =
  (workbench: Workbench, scope: Scope, signal: AbortSignal) =>
  (expression: string, extra: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
    workbench.expressions.evaluate(expression, { ...scope, ...extra }, signal);
